package dev.agentfleet.contract;

import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Bytes that are no message of the contract. The message says why and where, without quoting payloads. */
public final class UnreadableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnreadableMessageException(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    static UnreadableMessageException because(Throwable problem) {
        return new UnreadableMessageException(Failure.shortened(describe(problem)), problem);
    }

    /** The one field that is to blame, where one is. */
    public Optional<InvalidFieldException> invalidField() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFieldException field) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private static String describe(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFieldException field) {
                return field.explanation();
            }
            if (cause instanceof StreamReadException syntax) {
                // Its own message may quote what stands there.
                return "not well-formed JSON at byte " + syntax.getLocation().getByteOffset();
            }
            if (cause instanceof StreamWriteException) {
                // While a payload is copied; its message quotes the field.
                return "payload: an object has two fields of one name";
            }
        }
        return switch (problem) {
            case InvalidTypeIdException type ->
                type.getTypeId() == null
                        ? "type: is missing; it must name the message"
                        : "type: '" + type.getTypeId() + "' is not a message known here";
            case MismatchedInputException whole
            when whole.getPath().isEmpty() ->
                "value: must be one JSON object, with no field twice and nothing after it";
            case JsonMappingException mapping -> "field '" + path(mapping) + "': " + mapping.getOriginalMessage();
            default -> "not readable: " + problem.getClass().getSimpleName();
        };
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
