package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The side-effect ledger: a file to which tasks append a line when their code starts and one when it ends, from
 * processes of their own. A line is {@code S} or {@code E}, taskId, attempt, workerId, the worker's process id and the
 * seconds since 1970, separated by blanks.
 */
public final class Ledger {
    private static final int FIELDS = 6;

    private Ledger() {}

    /** The script of a shell that writes the line; the ledger's path is {@code $1}. */
    public static String line(char kind) {
        return "echo \"" + kind + " $FLEET_TASK_ID $FLEET_ATTEMPT $FLEET_WORKER_ID $PPID $(date +%s)\" >> \"$1\"";
    }

    /** What the lines say, in the order of the starts. */
    public static List<Execution> read(Stream<String> lines) {
        var executions = new ArrayList<Execution>();
        lines.map(line -> line.split(" ", -1))
                .filter(fields -> fields.length == FIELDS)
                .forEach(fields -> {
                    var at = Instant.ofEpochSecond(Long.parseLong(fields[5]));
                    var line = new Execution(
                            TaskId.parse(fields[1]),
                            Integer.parseInt(fields[2]),
                            fields[3],
                            Long.parseLong(fields[4]),
                            at,
                            null);
                    if (fields[0].equals("S")) {
                        executions.add(line);
                    } else {
                        end(executions, line, at);
                    }
                });
        return executions;
    }

    private static void end(List<Execution> executions, Execution line, Instant at) {
        for (int i = executions.size() - 1; i >= 0; i--) {
            Execution begun = executions.get(i);
            if (begun.endedAt() == null
                    && begun.taskId().equals(line.taskId())
                    && begun.attempt() == line.attempt()
                    && begun.workerId().equals(line.workerId())) {
                executions.set(
                        i,
                        new Execution(
                                begun.taskId(), begun.attempt(), begun.workerId(), begun.pid(), begun.startedAt(), at));
                return;
            }
        }
    }
}
