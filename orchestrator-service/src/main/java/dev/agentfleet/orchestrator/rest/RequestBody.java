package dev.agentfleet.orchestrator.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the body of a request whose kind the path tells. */
final class RequestBody {

    private static final int MAX_BYTES = 1024 * 1024;

    private RequestBody() {}

    /** Reads a request; {@code type} may be left out. */
    static <R extends Request> R read(byte[] body, Class<R> kind) {
        requireSize(body);
        byte[] typed = hasType(body) ? body : withType(body, kind.getSimpleName());
        Request request = Json.read(typed, Request.class);
        if (!kind.isInstance(request)) {
            throw new InvalidFieldException(
                    "type", request.getClass().getSimpleName(), "must be " + kind.getSimpleName() + " here");
        }
        return kind.cast(request);
    }

    /** The bytes to write to Kafka: the client's own, because a digest may cover them, with the type where it is missing. */
    static byte[] typed(byte[] body, Request read) {
        return hasType(body) ? body : withType(body, read.getClass().getSimpleName());
    }

    static void requireSameRun(Request request, RunId id) {
        RunId named = request.runId();
        if (named != null && !named.equals(id)) {
            throw new InvalidFieldException("runId", named.value(), "must equal the run in the path, " + id);
        }
    }

    private static void requireSize(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new ProblemException(new Problem(
                    "about:blank",
                    "Content Too Large",
                    413,
                    "body: '" + body.length + " bytes' must be at most " + MAX_BYTES + " bytes",
                    "body",
                    body.length + " bytes",
                    "must be at most " + MAX_BYTES + " bytes; send a larger batch as an open run"));
        }
    }

    private static boolean hasType(byte[] body) {
        try (JsonParser in = Json.mapper().createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw ProblemException.badRequest("body: must be a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                if (in.currentName().equals("type")) {
                    return true;
                }
                in.nextToken();
                in.skipChildren();
            }
            return false;
        } catch (JsonProcessingException e) {
            throw ProblemException.badRequest("body: is not well-formed JSON at byte "
                    + (e.getLocation() == null ? 0 : e.getLocation().getByteOffset()));
        } catch (IOException e) {
            throw ProblemException.badRequest("body: cannot be read");
        }
    }

    /** The same bytes with the type put first: nothing the client wrote is written anew. */
    private static byte[] withType(byte[] body, String type) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String rest = text.substring(1).strip();
        String typed = "{\"type\":\"" + type + '"' + (rest.startsWith("}") ? "" : ",") + rest;
        return typed.getBytes(StandardCharsets.UTF_8);
    }
}
