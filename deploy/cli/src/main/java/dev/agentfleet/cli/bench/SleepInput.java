package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.time.Duration;

/** What the agent {@code sleep} is given. */
final class SleepInput {

    private SleepInput() {}

    static Payload of(Duration duration) {
        return new Payload("{\"duration\":\"" + duration + "\"}");
    }
}
