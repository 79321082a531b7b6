package dev.agentfleet.worker.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.InvalidFieldException;
import java.util.stream.Collectors;

/** Says which field of an input breaks which rule. Jackson's own messages quote values, so they are not used. */
final class InvalidInput {

    private InvalidInput() {}

    static AgentFailureException because(JsonProcessingException problem) {
        return AgentFailureException.permanent(FailureCode.INVALID_INPUT, describe(problem));
    }

    private static String describe(JsonProcessingException problem) {
        return switch (problem) {
            case StreamReadException syntax ->
                "input is not well-formed JSON at character "
                        + syntax.getLocation().getCharOffset();
            case ValueInstantiationException refused -> refusal(refused);
            case InvalidTypeIdException unknown -> field(unknown) + " names no known type";
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null ->
                field(mismatch) + " must be readable as "
                        + mismatch.getTargetType().getSimpleName();
            case JsonMappingException other -> field(other) + " cannot be read";
            default -> "input cannot be read";
        };
    }

    private static String refusal(ValueInstantiationException refused) {
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InvalidFieldException field -> {
                    return field.field() + ": " + field.rule();
                }
                // The agent's author wrote this text for the people who read the failure.
                case IllegalArgumentException rule
                when rule.getMessage() != null -> {
                    return field(refused) + " is refused: " + rule.getMessage();
                }
                default -> {}
            }
        }
        return field(refused) + " is refused by "
                + refused.getType().getRawClass().getSimpleName();
    }

    private static String field(JsonMappingException problem) {
        String path = problem.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "input" : "field '" + path + "'";
    }
}
