package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitionLogTest {

    private static final RunId RUN = new RunId("run-1");
    private static final TaskId TASK = new TaskId(RUN, 0);
    private static final Optional<RecordMetadata> SOURCE =
            Optional.of(new ProcessorRecordContext(0, 42, 3, "fleet.results", new RecordHeaders()));

    private final Logger log = Logger.getLogger(TransitionLog.class.getName());
    private final Lines lines = new Lines();

    /** The fields that a JSON log gives each line, beside its text. */
    private static final class Lines extends Handler {

        private final List<Map<String, Object>> fields = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            fields.add(new HashMap<>(MDC.getMap()));
            texts.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        log.setLevel(Level.ALL);
        log.addHandler(lines);
    }

    @AfterEach
    void leave() {
        log.removeHandler(lines);
        log.setLevel(null);
    }

    @Test
    void aSettledTaskHasTheFixedKeys() {
        Failure failure = Failure.retryable("FLAKY", "a-secret");
        TransitionLog.published(
                new TaskOutcome(
                        RUN,
                        TASK,
                        1,
                        TaskStatus.FAILED,
                        3,
                        "echo",
                        null,
                        failure,
                        "worker-a",
                        null,
                        null,
                        Instant.EPOCH),
                SOURCE);

        assertThat(lines.fields)
                .containsExactly(Map.of(
                        "runId", "run-1",
                        "taskId", "run-1/0",
                        "attempt", "3",
                        "workerId", "worker-a",
                        "agent", "echo",
                        "topic", "fleet.results",
                        "partition", "3",
                        "offset", "42"));
        assertThat(lines.texts)
                .containsExactly("runId=run-1 taskId=run-1/0 attempt=3 workerId=worker-a agent=echo"
                        + " topic=fleet.results partition=3 offset=42 settled status=FAILED code=FLAKY");
        assertThat(MDC.getMap()).isEmpty();
    }

    @Test
    void aDispatchHasAllButTheWorkerThatWillTakeIt() {
        var assignment = new TaskAssignment(TASK, 1, 1, "echo", Payload.NULL, Duration.ofMinutes(1), null);
        TransitionLog.dispatched(assignment, "default", SOURCE);

        assertThat(lines.fields)
                .first()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("runId", "taskId", "attempt", "agent", "topic", "partition", "offset");
    }
}
