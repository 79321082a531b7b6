package dev.agentfleet.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.UnreadableMessageException;
import java.io.UncheckedIOException;
import java.util.List;

/** The first line of a stream: a SubmitRun without its tasks, which follow line by line. */
public final class RunHead {

    private static final List<String> NOT_HERE = List.of("input", "tasks", "open");

    private RunHead() {}

    /**
     * Reads it; {@code type} may be left out.
     *
     * @throws InvalidLineException when the line is something else
     */
    public static SubmitRun read(Lines.Line line) {
        try {
            return read(line.bytes());
        } catch (InvalidFieldException e) {
            throw new InvalidLineException(line.number(), e);
        } catch (UnreadableMessageException e) {
            throw e.invalidField()
                    .map(field -> new InvalidLineException(line.number(), field))
                    .orElseGet(() -> new InvalidLineException(line.number(), String.valueOf(e.getMessage())));
        }
    }

    private static SubmitRun read(byte[] json) {
        if (!(Json.readPart(json, JsonNode.class) instanceof ObjectNode head)) {
            throw new InvalidFieldException("line", "…", "must be a JSON object");
        }
        for (String field : NOT_HERE) {
            if (head.has(field)) {
                throw new InvalidFieldException(
                        field, "…", "must be left out: the first line is the run, each further line one of its tasks");
            }
        }
        if (!head.has("type")) {
            head.put("type", SubmitRun.class.getSimpleName());
        }
        head.put("open", true);
        return Json.read(bytes(head), SubmitRun.class);
    }

    private static byte[] bytes(ObjectNode head) {
        try {
            return Json.mapper().writeValueAsBytes(head);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
