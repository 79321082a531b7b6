package dev.agentfleet.cli.submit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.UnreadableMessageException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON as users write it, read strictly: a field nobody knows is more likely misspelt than meant for later. */
final class InputJson {
    private static final Set<String> TASK_FIELDS = fields(TaskSpec.class);
    private static final String TYPE = "{\"type\":\"SubmitRun\",";

    private InputJson() {}

    static TaskSpec task(byte[] json, String where) {
        try {
            for (String name : names(json)) {
                if (!TASK_FIELDS.contains(name)) {
                    throw new InvalidInputException(where + ": '" + name + "' is not a field of a task; it may have "
                            + TASK_FIELDS.stream().collect(Collectors.joining(", ")));
                }
            }
            return Json.mapper().readValue(json, TaskSpec.class);
        } catch (IOException e) {
            throw new InvalidInputException(where + ": " + explain(e));
        }
    }

    static SubmitRun run(byte[] json, String where) {
        try {
            return Json.read(names(json).contains("type") ? json : typed(json), SubmitRun.class);
        } catch (UnreadableMessageException e) {
            throw new InvalidInputException(where + ": " + e.getMessage());
        } catch (IOException e) {
            throw new InvalidInputException(where + ": " + explain(e));
        }
    }

    static Payload payload(byte[] json, String where) {
        try {
            return Json.mapper().readValue(json, Payload.class).requireWithinBounds(where);
        } catch (InvalidFieldException e) {
            throw new InvalidInputException(e.explanation());
        } catch (IOException e) {
            throw new InvalidInputException(where + ": must be one JSON value; " + explain(e));
        }
    }

    /** Names of the fields of the one object that the text must be. */
    static Set<String> names(byte[] json) throws IOException {
        var names = new LinkedHashSet<String>();
        try (JsonParser parser = Json.mapper().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInputText("must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new InvalidInputText("must be one JSON object and nothing after it");
            }
        }
        return names;
    }

    private static byte[] typed(byte[] json) {
        // As text: a tree would rewrite the numbers in an agent's input.
        String text = new String(json, StandardCharsets.UTF_8);
        String rest = text.substring(text.indexOf('{') + 1);
        return (TYPE + rest).getBytes(StandardCharsets.UTF_8);
    }

    private static String explain(IOException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFieldException field) {
                return field.explanation();
            }
        }
        return switch (problem) {
            case StreamReadException syntax ->
                "not well-formed JSON at column " + syntax.getLocation().getColumnNr();
            case JsonMappingException mapping -> mapping.getOriginalMessage() + path(mapping);
            case JsonProcessingException other -> other.getOriginalMessage();
            default -> String.valueOf(problem.getMessage());
        };
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining(".", " (field '", "')"));
    }

    private static Set<String> fields(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Well-formed, and still not what must stand there. */
    private static final class InvalidInputText extends IOException {
        private static final long serialVersionUID = 1L;

        InvalidInputText(String rule) {
            super(rule);
        }
    }
}
