package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.worker.attempt.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttemptJournalTest {

    private static final TaskAssignment TASK = Bench.assignment(Duration.ofMinutes(1));
    private static final RecordPosition POSITION = new RecordPosition("fleet.tasks.default", 3, 42);
    private static final Duration RAN = Duration.ofSeconds(1);

    private final Logger log = Logger.getLogger(AttemptJournal.class.getName());
    private final Lines lines = new Lines();
    private final AttemptJournal journal = new Bench().services.journal();

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
    void everyLineOfAnAttemptHasTheFixedKeys() {
        journal.started(TASK, POSITION);
        journal.claimed(TASK, POSITION);
        journal.joined(TASK, POSITION);
        journal.threw(TASK, POSITION, new IllegalStateException("a-secret"));
        journal.lost(TASK, POSITION);
        journal.refused(TASK, POSITION, new Verdict.Released(ReleaseReason.NO_SLOT));
        for (Verdict verdict : List.of(
                new Verdict.Succeeded(Payload.NULL),
                new Verdict.Failed(Failure.retryable("FLAKY", "a-secret")),
                new Verdict.TimedOut(),
                new Verdict.Released(ReleaseReason.DRAIN),
                new Verdict.Dropped())) {
            journal.concluded(TASK, POSITION, verdict, RAN, null);
        }

        assertThat(lines.fields)
                .hasSize(11)
                .allSatisfy(fields -> assertThat(fields)
                        .containsOnlyKeys(
                                "runId", "taskId", "attempt", "workerId", "agent", "topic", "partition", "offset")
                        .containsEntry("taskId", "run/0")
                        .containsEntry("topic", "fleet.tasks.default")
                        .containsEntry("partition", "3")
                        .containsEntry("offset", "42"));
        assertThat(lines.texts).allMatch(text -> text.contains(" topic=fleet.tasks.default partition=3 offset=42 "));
        assertThat(lines.texts.toString()).doesNotContain("a-secret");
        assertThat(MDC.getMap()).isEmpty();
    }
}
