package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Poison;
import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.cli.chaos.history.Sent;
import dev.agentfleet.cli.chaos.poison.BadRecord;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What was sent and what Kafka said to it. Thread-safe: answers come on the producer's thread. */
final class OperationLog {
    private static final String SUBMIT = SubmitRun.class.getSimpleName();

    private final Time time;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Poison> poison = new ArrayList<>();
    private final Set<RunId> submitted = ConcurrentHashMap.newKeySet();

    OperationLog(Time time) {
        this.time = time;
    }

    /** @param place null when Kafka did not acknowledge it: it may stand there all the same */
    synchronized void answered(RunId run, String request, @Nullable RecordMetadata place) {
        sent.add(new Sent(run, request, place == null ? null : position(place), time.instant()));
        if (place != null && request.equals(SUBMIT)) {
            submitted.add(run);
        }
    }

    synchronized void poisoned(BadRecord record, RecordMetadata place) {
        poison.add(new Poison(record.made(), position(place), record.key(), record.value(), record.headers()));
    }

    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    synchronized List<Poison> poison() {
        return List.copyOf(poison);
    }

    /** Runs of which Kafka acknowledged a submission. */
    Set<RunId> submitted() {
        return Set.copyOf(submitted);
    }

    private static Position position(RecordMetadata place) {
        return new Position(place.topic(), place.partition(), place.offset());
    }
}
