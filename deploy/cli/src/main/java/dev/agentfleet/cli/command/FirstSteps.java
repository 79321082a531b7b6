package dev.agentfleet.cli.command;

import java.net.URI;
import java.util.List;

/** Commands to try on a fleet that has just come up. */
final class FirstSteps {
    private FirstSteps() {}

    /** @param found whether commands find this fleet by themselves */
    static List<String> lines(URI server, String bootstrapServers, boolean found) {
        String flag = found ? "" : " --server " + server;
        return List.of(
                "Try:",
                "  ./fleet submit --agent echo --input '{\"text\":\"hi\"}' --watch" + flag,
                "  curl -s -H 'Content-Type: application/json' -d '{\"agent\":\"echo\",\"input\":{\"text\":\"hi\"}}' "
                        + server.resolve("/api/runs"),
                "  echo '{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":{\"text\":\"hi\"}}'" + " | kcat -P -b "
                        + bootstrapServers + " -t fleet.requests -k my-run",
                "  ./fleet workers" + flag);
    }
}
