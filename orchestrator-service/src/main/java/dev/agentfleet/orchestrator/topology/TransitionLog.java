package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * One line a transition, with the ids both in the text and as fields of their own for a JSON log; never a payload, nor a
 * failure's reason, which may quote one. {@code topic}, {@code partition} and {@code offset} name the record that brought
 * the news. What goes as it should is at DEBUG. A line may speak of a transaction that is then taken back.
 */
final class TransitionLog {

    private static final Logger LOG = Logger.getLogger(TransitionLog.class);

    private TransitionLog() {}

    static void dispatched(TaskAssignment task, String pool, Optional<RecordMetadata> source) {
        if (LOG.isDebugEnabled()) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("runId", task.taskId().runId());
            keys.put("taskId", task.taskId());
            keys.put("attempt", task.attempt());
            keys.put("agent", task.agent());
            log(Logger.Level.DEBUG, keys, source, "dispatched pool=" + pool);
        }
    }

    static void published(RunEvent event, Optional<RecordMetadata> source) {
        switch (event) {
            case TaskOutcome outcome -> settled(outcome, source);
            case RunCompleted run ->
                log(Logger.Level.INFO, keys(run), source, "completed status=" + run.status() + " tasks=" + run.tasks());
            case RunRejected rejected ->
                log(Logger.Level.INFO, keys(rejected), source, "rejected request=" + rejected.request());
        }
    }

    /** A record was put aside. */
    static void unreadable(RecordMetadata source) {
        log(Logger.Level.WARN, new LinkedHashMap<>(), Optional.of(source), "unreadable record put aside");
    }

    private static void settled(TaskOutcome outcome, Optional<RecordMetadata> source) {
        Logger.Level level = outcome.status() == TaskStatus.SUCCEEDED ? Logger.Level.DEBUG : Logger.Level.INFO;
        if (LOG.isEnabled(level)) {
            Map<String, Object> keys = keys(outcome);
            keys.put("taskId", outcome.taskId());
            keys.put("attempt", outcome.attempts());
            put(keys, "workerId", outcome.workerId());
            keys.put("agent", outcome.agent());
            String code = outcome.failure() == null
                    ? ""
                    : " code=" + outcome.failure().code();
            log(level, keys, source, "settled status=" + outcome.status() + code);
        }
    }

    private static Map<String, Object> keys(RunEvent event) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("runId", event.runId());
        return keys;
    }

    private static void put(Map<String, Object> keys, String key, @Nullable Object value) {
        if (value != null) {
            keys.put(key, value);
        }
    }

    private static void log(
            Logger.Level level, Map<String, Object> keys, Optional<RecordMetadata> source, String what) {
        // A punctuation has a record without a name.
        source.filter(record -> record.topic() != null).ifPresent(record -> {
            keys.put("topic", record.topic());
            keys.put("partition", record.partition());
            keys.put("offset", record.offset());
        });
        keys.forEach((key, value) -> MDC.put(key, value.toString()));
        try {
            String ids = keys.entrySet().stream()
                    .map(entry -> entry.getKey() + '=' + entry.getValue())
                    .collect(Collectors.joining(" "));
            LOG.log(level, ids + ' ' + what);
        } finally {
            keys.keySet().forEach(MDC::remove);
        }
    }
}
