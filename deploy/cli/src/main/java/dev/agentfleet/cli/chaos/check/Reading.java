package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Poison;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.Tick;
import dev.agentfleet.contract.UnreadableMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the message reference says a reader must make of a record. */
sealed interface Reading {
    int MAX_REQUEST = 1024 * 1024;

    /** A request of that run. */
    record Asked(RunId runId, Request request) implements Reading {}

    /**
     * An assignment that a worker reports on; where it cannot be read, from its headers.
     *
     * @param revision null where only the headers are known
     */
    record Assigned(TaskId taskId, int attempt, @Nullable Integer revision) implements Reading {}

    /** A report that concerns nobody. */
    record Reported() implements Reading {}

    /** Nothing that can be understood: to be put aside. */
    record Unreadable() implements Reading {}

    static Reading request(Poison record) {
        try {
            byte[] value = record.value();
            RunId key = record.key() == null ? null : new RunId(utf8(record.key()));
            if (value == null || value.length == 0 || value.length > MAX_REQUEST) {
                return new Unreadable();
            }
            Request request = Json.read(value, Request.class);
            RunId named = request.runId();
            RunId id = key == null ? named : key;
            return id == null || (named != null && !named.equals(id)) ? new Unreadable() : new Asked(id, request);
        } catch (IllegalArgumentException | CharacterCodingException | UnreadableMessageException e) {
            return new Unreadable();
        }
    }

    static Reading result(Poison record) {
        try {
            return record.value() != null && isResult(Json.read(record.value(), Message.class))
                    ? new Reported()
                    : new Unreadable();
        } catch (UnreadableMessageException e) {
            return new Unreadable();
        }
    }

    static Reading assignment(Poison record) {
        try {
            if (record.value() != null) {
                TaskAssignment assignment = Json.read(record.value(), TaskAssignment.class);
                return new Assigned(assignment.taskId(), assignment.attempt(), assignment.revision());
            }
        } catch (UnreadableMessageException e) {
            // Its headers may still say what it was.
        }
        return byHeaders(record.headers().get(Headers.TASK_ID), record.headers().get(Headers.ATTEMPT));
    }

    private static Reading byHeaders(@Nullable String taskId, @Nullable String attempt) {
        try {
            return taskId == null || attempt == null
                    ? new Unreadable()
                    : new Assigned(TaskId.parse(taskId), Integer.parseInt(attempt), null);
        } catch (IllegalArgumentException e) {
            return new Unreadable();
        }
    }

    private static boolean isResult(Message message) {
        return message instanceof AttemptReport || message instanceof Tick;
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
