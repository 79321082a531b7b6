package dev.agentfleet.worker.config;

import static dev.agentfleet.worker.config.ConfigRules.require;
import static dev.agentfleet.worker.config.ConfigRules.requireRange;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Lane;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@link LlmConfig} must keep to. A key's file is looked at by the call that needs it, not here: it may come later. */
final class LlmRules {

    private static final int MEBIBYTE = 1 << 20;

    private final LlmConfig llm;

    LlmRules(LlmConfig llm) {
        this.llm = llm;
    }

    void check(List<String> problems) {
        requireRange(problems, "fleet.llm.retry-cap", llm.retryCap(), Duration.ZERO, Duration.ofMinutes(10));
        requireRange(problems, "fleet.llm.closed-for", llm.closedFor(), Duration.ofMillis(100), Duration.ofHours(1));
        requireRange(problems, "fleet.llm.repairs", llm.repairs(), 0, 5);
        requireRange(problems, "fleet.llm.max-response", llm.maxResponse(), 1, 256 * MEBIBYTE);
        server(
                problems,
                "fleet.llm.anthropic",
                llm.anthropic().baseUrl(),
                llm.anthropic().timeout());
        server(
                problems,
                "fleet.llm.openai",
                llm.openai().baseUrl(),
                llm.openai().timeout());
        keyName(problems, "fleet.llm.anthropic.key-name", llm.anthropic().keyName());
        keyName(problems, "fleet.llm.openai.key-name", llm.openai().keyName());
        require(
                problems,
                !llm.recorded().record() || llm.recorded().directory().isPresent(),
                "fleet.llm.recorded.record",
                llm.recorded().record(),
                "needs fleet.llm.recorded.directory");
        new TreeMap<>(llm.prices()).forEach((model, price) -> prices(problems, model, price));
    }

    private static void server(List<String> problems, String prefix, URI url, Duration timeout) {
        boolean usable = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null;
        // Not the value: people put keys into addresses.
        require(problems, usable, prefix + ".base-url", "…", "must be http or https, with a host and without a user");
        requireRange(problems, prefix + ".timeout", timeout, Duration.ofMillis(100), Duration.ofHours(1));
    }

    private static void keyName(List<String> problems, String key, String name) {
        try {
            Lane.requireKey(name, key);
        } catch (InvalidFieldException e) {
            // Not the value: it may be the key itself.
            problems.add(key + ": '…' " + e.rule());
        }
    }

    private static void prices(List<String> problems, String model, LlmConfig.Price price) {
        var parts = new TreeMap<>(Map.of("input", price.input(), "output", price.output()));
        price.cacheRead().ifPresent(value -> parts.put("cache-read", value));
        price.cacheWrite().ifPresent(value -> parts.put("cache-write", value));
        parts.forEach((part, value) -> requireRange(
                problems,
                "fleet.llm.prices.\"" + model + "\"." + part,
                value,
                BigDecimal.ZERO,
                BigDecimal.valueOf(1_000_000)));
    }
}
