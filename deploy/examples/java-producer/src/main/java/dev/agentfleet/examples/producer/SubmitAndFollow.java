package dev.agentfleet.examples.producer;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.submission.RunWriter;
import dev.agentfleet.submission.TaskSource;
import java.util.stream.IntStream;

/**
 * Submits a batch of {@code echo} tasks under a given runId and prints its outcomes until the run has completed. Started
 * again with the same arguments it submits nothing new and prints the same outcomes. Ends with 0 when the run SUCCEEDED.
 */
public final class SubmitAndFollow {

    private static final int USAGE = 2;
    private static final int DEFAULT_TASKS = 100;

    private SubmitAndFollow() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: SubmitAndFollow BROKERS RUN_ID [TASKS]");
            System.exit(USAGE);
        }
        String brokers = arguments[0];
        RunId run = new RunId(arguments[1]);
        int tasks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_TASKS;

        long submittedAt = submit(brokers, run, tasks);
        RunStatus status = new RunFollower(brokers).follow(run, submittedAt);
        System.exit(status == RunStatus.SUCCEEDED ? 0 : 1);
    }

    /** Returns when the broker took the last of it. */
    private static long submit(String brokers, RunId run, int tasks) throws Exception {
        var options = new RunOptions(100, null, null, null, null, null);
        var head = new SubmitRun(run, "echo", null, null, null, options, true);
        // One record or many, as the tasks need; a task is made when it is sent.
        TaskSource source = TaskSource.of(
                IntStream.range(0, tasks).mapToObj(SubmitAndFollow::task).iterator());
        try (var sink = new KafkaRequestSink(brokers, run)) {
            var _ = new RunWriter(head, sink).write(source);
            return sink.lastTakenAt();
        }
    }

    private static TaskSpec task(int number) {
        return new TaskSpec(null, new Payload("{\"number\":" + number + "}"), null, null);
    }
}
