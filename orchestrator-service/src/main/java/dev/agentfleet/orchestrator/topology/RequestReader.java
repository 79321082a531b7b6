package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.UnreadableMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads a record of the requests topic: what it asks, of which run, and whether it is where that run lives. */
final class RequestReader {

    /** The most bytes a request's value may have: more would not fit on its way through the fleet. */
    static final int MAX_BYTES = 1024 * 1024;

    /** What a record turned out to be. */
    sealed interface Reading {
        /** A request of a run whose home this partition is. */
        record Home(RunId id, Request request) implements Reading {}

        /** A request of a run that lives on another partition. */
        record Elsewhere(RunId id) implements Reading {}

        /** No request, or none that says clearly what it means. */
        record Unreadable(String reason, @Nullable RunId id) implements Reading {}
    }

    private final int partition;
    private final int partitions;

    RequestReader(int partition, int partitions) {
        this.partition = partition;
        this.partitions = partitions;
    }

    Reading read(Record<byte[], byte[]> record) {
        RunId key = null;
        try {
            key = record.key() == null ? null : new RunId(text(record.key()));
            byte[] value = record.value();
            if (value == null || value.length == 0) {
                return new Reading.Unreadable("value: is missing; it must be a request", key);
            }
            if (value.length > MAX_BYTES) {
                return new Reading.Unreadable(
                        "value: '" + value.length + " bytes' must be at most " + MAX_BYTES + " bytes", key);
            }
            return locate(key, Json.read(value, Request.class), record);
        } catch (InvalidFieldException e) {
            return new Reading.Unreadable("key: " + e.explanation(), null);
        } catch (CharacterCodingException e) {
            return new Reading.Unreadable("key: is not UTF-8; it must be the runId", null);
        } catch (UnreadableMessageException e) {
            return new Reading.Unreadable(String.valueOf(e.getMessage()), key);
        }
    }

    private Reading locate(@Nullable RunId key, Request request, Record<byte[], byte[]> record) {
        RunId named = request.runId();
        if (key != null && named != null && !key.equals(named)) {
            return new Reading.Unreadable("runId: '" + named + "' must equal the record key '" + key + "'", key);
        }
        RunId id = key != null ? key : named;
        if (id == null) {
            return new Reading.Unreadable("runId: is missing; it must be the record key or in the value", null);
        }
        if (HomePartitioner.home(id, partitions) == partition) {
            return new Reading.Home(id, request);
        }
        return record.headers().lastHeader(Headers.FORWARDED) == null
                ? new Reading.Elsewhere(id)
                : new Reading.Unreadable("it was forwarded to a partition that is not the run's home", id);
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
