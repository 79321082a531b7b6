package dev.agentfleet.cli.chaos.poison;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.AttemptClaimed;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One valid record of each kind that others write, all about things that do not exist otherwise. */
final class ValidRecords {
    private static final String WORKER = "mutant-worker";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Topics topics;

    ValidRecords(Topics topics) {
        this.topics = topics;
    }

    /** @param name of the run they speak of */
    List<BadRecord> about(String name) {
        var run = new RunId(name);
        var task = new TaskId(run, 0);
        var input = new Payload("{\"text\":\"hi\",\"numbers\":[1,2.5,-3e2],\"none\":null,\"yes\":true}");
        var spec = new TaskSpec("echo", input, null, SECOND);
        var echo = new TaskAssignment(task, 1, 1, "echo", input, SECOND, null);
        return List.of(
                request(SubmitRun.single(run, "echo", input), run),
                request(SubmitRun.batch(run, List.of(spec, spec), RunOptions.DEFAULTS), run),
                request(new SubmitRun(run, "echo", null, null, null, RunOptions.DEFAULTS, true), run),
                request(new AppendTasks(run, 1, List.of(spec)), run),
                request(new SealRun(run, 1, 1, null), run),
                request(CancelRun.of(run, "no longer needed"), run),
                request(new RedriveTasks(run, 2, null, 5, 5), run),
                report(new AttemptClaimed(task, 1, WORKER), run),
                report(new AttemptSucceeded(task, 1, WORKER, input, SECOND), run),
                report(new AttemptFailed(task, 1, WORKER, Failure.retryable("BROKEN", "it"), false, SECOND), run),
                report(new AttemptReleased(task, 1, WORKER, ReleaseReason.DRAIN), run),
                record(topics.tasks("default"), task.toString(), echo),
                new BadRecord(
                        "TaskAssignment with headers",
                        topics.tasks("default"),
                        BadRecord.bytes(task.toString()),
                        Json.write(echo),
                        Map.of(Headers.TASK_ID, task.toString(), Headers.ATTEMPT, "1")),
                record(
                        topics.workers(),
                        WORKER,
                        new WorkerHeartbeat(WORKER, "1", "default", List.of(), 1, 0, List.of(), List.of(), false)),
                record(topics.control(), "CancelRun/" + run, new CancelRun(run, 1, null)));
    }

    private BadRecord request(Request request, RunId run) {
        return record(topics.requests(), run.value(), request);
    }

    private BadRecord report(Message report, RunId run) {
        return record(topics.results(), run.value(), report);
    }

    private static BadRecord record(String topic, String key, Message message) {
        return new BadRecord(
                message.getClass().getSimpleName(), topic, BadRecord.bytes(key), Json.write(message), Map.of());
    }
}
