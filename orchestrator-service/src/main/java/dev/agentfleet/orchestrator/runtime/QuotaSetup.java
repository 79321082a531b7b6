package dev.agentfleet.orchestrator.runtime;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.orchestrator.config.QuotaConfig;
import dev.agentfleet.orchestrator.query.QuotaBoard;
import dev.agentfleet.orchestrator.quota.QuotaRules;
import dev.agentfleet.orchestrator.topology.QuotaListener;
import dev.agentfleet.orchestrator.topology.QuotaSettings;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/** The quotas as they are configured, and where what is said of them is kept. */
@Singleton
final class QuotaSetup {

    private final QuotaConfig config;
    private final QuotaBoard board;

    QuotaSetup(QuotaConfig config, QuotaBoard board) {
        this.config = config;
        this.board = board;
    }

    QuotaBoard board() {
        return board;
    }

    /** @throws IllegalArgumentException names the key, its value and the rule that it breaks */
    QuotaSettings settings(QuotaListener listener) {
        QuotaRules rules = QuotaRules.of(
                config.window(), config.permitValidity(), config.arrivalSlack(), config.ramp(), config.hold());
        Map<Lane, QuotaLimits> lanes = new TreeMap<>();
        config.lanes().forEach((name, limits) -> {
            try {
                lanes.put(
                        Lane.parse(name),
                        new QuotaLimits(
                                limits.requests().orElse(null),
                                limits.inputTokens().orElse(null),
                                limits.outputTokens().orElse(null)));
            } catch (InvalidFieldException e) {
                throw new IllegalArgumentException("fleet.quota.lanes.\"" + name + "\": " + e.explanation(), e);
            }
        });
        return new QuotaSettings(rules, lanes, listener);
    }
}
