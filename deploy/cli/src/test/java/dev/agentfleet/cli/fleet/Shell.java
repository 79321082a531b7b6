package dev.agentfleet.cli.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tasks of the agent {@code command}. */
final class Shell {

    private Shell() {}

    /** A task that runs the script; its arguments are {@code $1} and so on. */
    static TaskSpec task(String script, Object... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        for (Object argument : arguments) {
            argv.add(argument.toString());
        }
        try {
            return TaskSpec.of("command", new Payload(Json.mapper().writeValueAsString(Map.of("argv", argv))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
