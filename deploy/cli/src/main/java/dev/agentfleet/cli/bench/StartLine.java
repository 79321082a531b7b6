package dev.agentfleet.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code of an attempt starts, as its worker logs it at DEBUG the moment before. The line is the kernel's then: a killed
 * worker leaves all it began.
 *
 * @param worker its name in the local fleet
 * @param task the task's id and the attempt's number
 * @param partition where its record lay
 */
record StartLine(Instant at, String worker, String run, String task, int partition) {

    /** The worker's setting of what is logged at DEBUG. */
    static final String LEVEL = "quarkus.log.category.\"dev.agentfleet.worker.runtime.AttemptJournal\".level";

    private static final Pattern LINE = Pattern.compile(
            "^(\\S+) DEBUG .*runId=(\\S+) taskId=(\\S+) attempt=(\\d+) .* partition=(\\d+) offset=\\d+ started$");

    String taskId() {
        return task.substring(0, task.lastIndexOf('#'));
    }

    /** All of these logs, in the order of their times. */
    static List<StartLine> read(Map<String, Path> logs) throws IOException {
        var starts = new ArrayList<StartLine>();
        for (var log : logs.entrySet()) {
            try (var lines = Files.lines(log.getValue())) {
                lines.map(LINE::matcher)
                        .filter(Matcher::matches)
                        .forEach(line -> starts.add(new StartLine(
                                OffsetDateTime.parse(line.group(1)).toInstant(),
                                log.getKey(),
                                line.group(2),
                                line.group(3) + '#' + line.group(4),
                                Integer.parseInt(line.group(5)))));
            }
        }
        starts.sort(Comparator.comparing(StartLine::at));
        return starts;
    }
}
