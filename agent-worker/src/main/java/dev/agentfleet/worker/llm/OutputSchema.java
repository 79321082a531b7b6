package dev.agentfleet.worker.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON schema an answer must keep to: how a model is told, and whether it did. */
final class OutputSchema {

    private static final int MAX_VIOLATIONS = 20;
    private static final int MAX_VIOLATION = 300;
    private static final String FENCE = "```";

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema META =
            SCHEMAS.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private final JsonNode source;
    private final Schema schema;

    /**
     * What an answer is worth.
     *
     * @param json the answer, when it is valid
     * @param violations for the model; may quote the answer
     * @param rules what of the schema is broken, for people; quotes nothing
     */
    record Check(@Nullable JsonNode json, List<String> violations, List<String> rules) {}

    OutputSchema(JsonNode source) {
        this.source = source;
        if (!META.validate(source).isEmpty()) {
            throw AgentFailureException.permanent(
                    LlmCode.INVALID_SCHEMA, "schema: must be a JSON schema of draft 2020-12");
        }
        try {
            this.schema = SCHEMAS.getSchema(source);
            schema.initializeValidators();
        } catch (SchemaException e) {
            throw AgentFailureException.permanent(
                            LlmCode.INVALID_SCHEMA, "schema: refers to something that is not in it")
                    .causedBy(e);
        }
    }

    /** The request, with the schema in words. */
    ModelRequest asked(ModelRequest request) {
        String rule = "Answer with one JSON value that is valid against the following JSON schema, and with nothing"
                + " else: no text around it, no code fence.\n" + source;
        return request.withSystem(request.system() == null ? rule : request.system() + "\n\n" + rule);
    }

    /** What the model is told of an answer that is not valid. */
    static String complaint(Check check) {
        return "Your answer is not valid against the JSON schema:\n"
                + check.violations().stream().map(violation -> "- " + violation).collect(Collectors.joining("\n"))
                + "\nAnswer again with the whole corrected JSON value, and with nothing else.";
    }

    Check check(String answer) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(unfenced(answer));
        } catch (JsonProcessingException e) {
            return new Check(
                    null,
                    List.of("it is not one well-formed JSON value; the first problem is at character "
                            + e.getLocation().getCharOffset()),
                    List.of("not JSON"));
        }
        List<Error> errors = schema.validate(json);
        return errors.isEmpty()
                ? new Check(json, List.of(), List.of())
                : new Check(
                        null,
                        errors.stream()
                                .limit(MAX_VIOLATIONS)
                                .map(error -> shortened(error.toString()))
                                .toList(),
                        errors.stream()
                                .map(error -> String.valueOf(error.getEvaluationPath()))
                                .distinct()
                                .limit(MAX_VIOLATIONS)
                                .toList());
    }

    /** Models like to put JSON between fences, whatever they are told. */
    private static String unfenced(String answer) {
        String text = answer.strip();
        int firstLine = text.indexOf('\n');
        if (text.startsWith(FENCE)
                && text.endsWith(FENCE)
                && firstLine > 0
                && text.length() > firstLine + FENCE.length()) {
            return text.substring(firstLine + 1, text.length() - FENCE.length());
        }
        return text;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_VIOLATION ? text : text.substring(0, MAX_VIOLATION) + "…";
    }
}
