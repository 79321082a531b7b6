package dev.agentfleet.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        var config = Configs.of(Map.of());
        assertThat(values(config.getConfigMapping(WorkerConfig.class)))
                .containsExactly(
                        Map.entry("claimAfter", Duration.ofMillis(500)),
                        Map.entry("drainBudget", Duration.ofSeconds(60)),
                        Map.entry("failpoint", Optional.empty()),
                        Map.entry("groupProtocol", GroupProtocol.CLASSIC),
                        Map.entry("heartbeat", Duration.ofSeconds(3)),
                        Map.entry("patience", Duration.ofSeconds(1)),
                        Map.entry("pool", "default"),
                        Map.entry("prefetch", 100),
                        Map.entry("sessionTimeout", Duration.ofSeconds(10)),
                        Map.entry("slots", 16),
                        Map.entry("stopGrace", Duration.ofSeconds(2)),
                        Map.entry("stuckAfter", Duration.ofSeconds(60)));
        assertThat(values(config.getConfigMapping(TopicsConfig.class))).containsExactly(Map.entry("prefix", "fleet."));
        assertThat(values(config.getConfigMapping(CommandConfig.class)))
                .containsExactly(
                        Map.entry("enabled", false),
                        Map.entry("maxOutput", 65_536),
                        Map.entry("root", Optional.empty()));
        LlmConfig llm = config.getConfigMapping(LlmConfig.class);
        assertThat(values(llm))
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("closedFor", Duration.ofMinutes(1)),
                        Map.entry("maxResponse", 16 << 20),
                        Map.entry("prices", Map.of()),
                        Map.entry("provider", LlmConfig.ProviderName.ANTHROPIC),
                        Map.entry("repairs", 1),
                        Map.entry("retryCap", Duration.ofSeconds(20))))
                .hasSize(9);
        assertThat(values(llm.anthropic()))
                .containsExactly(
                        Map.entry("baseUrl", URI.create("https://api.anthropic.com")),
                        Map.entry("keyFile", Optional.empty()),
                        Map.entry("keyName", "default"),
                        Map.entry("timeout", Duration.ofMinutes(10)));
        assertThat(values(llm.openai()))
                .containsExactly(
                        Map.entry("baseUrl", URI.create("https://api.openai.com/v1")),
                        Map.entry("keyFile", Optional.empty()),
                        Map.entry("keyName", "default"),
                        Map.entry("legacyMaxTokens", false),
                        Map.entry("timeout", Duration.ofMinutes(10)));
        assertThat(values(llm.recorded()))
                .containsExactly(Map.entry("directory", Optional.empty()), Map.entry("record", false));
        assertThat(values(config.getConfigMapping(TestConfig.class))).containsExactly(Map.entry("enabled", false));
        var sandbox = config.getConfigMapping(SandboxConfig.class);
        assertThat(withoutLimits(sandbox))
                .containsExactly(
                        Map.entry("directory", Optional.empty()),
                        Map.entry("inputRoot", Optional.empty()),
                        Map.entry("level", SandboxLevel.BWRAP),
                        Map.entry("network", false),
                        Map.entry("readOnly", Optional.empty()),
                        Map.entry("user", 65_534));
        assertThat(values(sandbox.limits()))
                .containsExactly(
                        Map.entry("cpuTime", Duration.ofHours(1)),
                        Map.entry("disk", 67_108_864L),
                        Map.entry("fileSize", 67_108_864L),
                        Map.entry("openFiles", 1_024),
                        Map.entry("processes", 256));
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void everyKeyCanBeSet() {
        var config = Configs.of(Map.ofEntries(
                Map.entry("fleet.worker.pool", "gpu"),
                Map.entry("fleet.worker.slots", "2000"),
                Map.entry("fleet.worker.prefetch", "7"),
                Map.entry("fleet.worker.claim-after", "PT1S"),
                Map.entry("fleet.worker.patience", "PT4S"),
                Map.entry("fleet.worker.heartbeat", "PT2S"),
                Map.entry("fleet.worker.drain-budget", "PT5S"),
                Map.entry("fleet.worker.stop-grace", "PT3S"),
                Map.entry("fleet.worker.group-protocol", "consumer"),
                Map.entry("fleet.worker.session-timeout", "PT7S"),
                Map.entry("fleet.worker.stuck-after", "PT9S"),
                Map.entry("fleet.worker.failpoint", "after-claim"),
                Map.entry("fleet.topics.prefix", "acme."),
                Map.entry("fleet.agents.command.enabled", "true"),
                Map.entry("fleet.agents.test.enabled", "true"),
                Map.entry("fleet.agents.command.max-output", "10"),
                Map.entry("fleet.agents.command.root", "/tmp"),
                Map.entry("fleet.worker.sandbox.level", "none"),
                Map.entry("fleet.worker.sandbox.directory", "/tmp/fleet"),
                Map.entry("fleet.worker.sandbox.input-root", "/tmp"),
                Map.entry("fleet.worker.sandbox.network", "true"),
                Map.entry("fleet.worker.sandbox.read-only", "/opt,/srv"),
                Map.entry("fleet.worker.sandbox.user", "1000"),
                Map.entry("fleet.worker.sandbox.limits.cpu-time", "PT1S"),
                Map.entry("fleet.worker.sandbox.limits.processes", "5"),
                Map.entry("fleet.worker.sandbox.limits.open-files", "20"),
                Map.entry("fleet.worker.sandbox.limits.file-size", "6"),
                Map.entry("fleet.worker.sandbox.limits.disk", "70000")));
        assertThat(values(config.getConfigMapping(WorkerConfig.class)))
                .containsExactly(
                        Map.entry("claimAfter", Duration.ofSeconds(1)),
                        Map.entry("drainBudget", Duration.ofSeconds(5)),
                        Map.entry("failpoint", Optional.of(Failpoint.AFTER_CLAIM)),
                        Map.entry("groupProtocol", GroupProtocol.CONSUMER),
                        Map.entry("heartbeat", Duration.ofSeconds(2)),
                        Map.entry("patience", Duration.ofSeconds(4)),
                        Map.entry("pool", "gpu"),
                        Map.entry("prefetch", 7),
                        Map.entry("sessionTimeout", Duration.ofSeconds(7)),
                        Map.entry("slots", 2_000),
                        Map.entry("stopGrace", Duration.ofSeconds(3)),
                        Map.entry("stuckAfter", Duration.ofSeconds(9)));
        assertThat(values(config.getConfigMapping(TopicsConfig.class))).containsExactly(Map.entry("prefix", "acme."));
        assertThat(values(config.getConfigMapping(CommandConfig.class)))
                .containsExactly(
                        Map.entry("enabled", true),
                        Map.entry("maxOutput", 10),
                        Map.entry("root", Optional.of(Path.of("/tmp"))));
        assertThat(values(config.getConfigMapping(TestConfig.class))).containsExactly(Map.entry("enabled", true));
        var sandbox = config.getConfigMapping(SandboxConfig.class);
        assertThat(withoutLimits(sandbox))
                .containsExactly(
                        Map.entry("directory", Optional.of(Path.of("/tmp/fleet"))),
                        Map.entry("inputRoot", Optional.of(Path.of("/tmp"))),
                        Map.entry("level", SandboxLevel.NONE),
                        Map.entry("network", true),
                        Map.entry("readOnly", Optional.of(List.of(Path.of("/opt"), Path.of("/srv")))),
                        Map.entry("user", 1_000));
        assertThat(values(sandbox.limits()))
                .containsExactly(
                        Map.entry("cpuTime", Duration.ofSeconds(1)),
                        Map.entry("disk", 70_000L),
                        Map.entry("fileSize", 6L),
                        Map.entry("openFiles", 20),
                        Map.entry("processes", 5));
    }

    @Test
    void everyKeyOfTheModelsCanBeSet() {
        LlmConfig llm = Configs.llm(Map.ofEntries(
                Map.entry("fleet.llm.provider", "recorded"),
                Map.entry("fleet.llm.retry-cap", "PT5S"),
                Map.entry("fleet.llm.closed-for", "PT2M"),
                Map.entry("fleet.llm.repairs", "2"),
                Map.entry("fleet.llm.max-response", "1000"),
                Map.entry("fleet.llm.anthropic.base-url", "https://a.example"),
                Map.entry("fleet.llm.anthropic.key-file", "/run/a"),
                Map.entry("fleet.llm.anthropic.key-name", "team-a"),
                Map.entry("fleet.llm.anthropic.timeout", "PT1M"),
                Map.entry("fleet.llm.openai.base-url", "http://o.example/v1"),
                Map.entry("fleet.llm.openai.key-file", "/run/o"),
                Map.entry("fleet.llm.openai.key-name", "team-o"),
                Map.entry("fleet.llm.openai.timeout", "PT2M"),
                Map.entry("fleet.llm.openai.legacy-max-tokens", "true"),
                Map.entry("fleet.llm.recorded.directory", "/var/recordings"),
                Map.entry("fleet.llm.recorded.record", "true"),
                Map.entry("fleet.llm.prices.\"gpt-4.1\".input", "2"),
                Map.entry("fleet.llm.prices.\"gpt-4.1\".output", "8"),
                Map.entry("fleet.llm.prices.\"gpt-4.1\".cache-read", "0.5"),
                Map.entry("fleet.llm.prices.\"gpt-4.1\".cache-write", "2.5")));

        assertThat(values(llm))
                .containsAllEntriesOf(Map.of(
                        "closedFor",
                        Duration.ofMinutes(2),
                        "maxResponse",
                        1_000,
                        "provider",
                        LlmConfig.ProviderName.RECORDED,
                        "repairs",
                        2,
                        "retryCap",
                        Duration.ofSeconds(5)));
        assertThat(values(llm.anthropic()))
                .containsExactly(
                        Map.entry("baseUrl", URI.create("https://a.example")),
                        Map.entry("keyFile", Optional.of(Path.of("/run/a"))),
                        Map.entry("keyName", "team-a"),
                        Map.entry("timeout", Duration.ofMinutes(1)));
        assertThat(values(llm.openai()))
                .containsExactly(
                        Map.entry("baseUrl", URI.create("http://o.example/v1")),
                        Map.entry("keyFile", Optional.of(Path.of("/run/o"))),
                        Map.entry("keyName", "team-o"),
                        Map.entry("legacyMaxTokens", true),
                        Map.entry("timeout", Duration.ofMinutes(2)));
        assertThat(values(llm.recorded()))
                .containsExactly(
                        Map.entry("directory", Optional.of(Path.of("/var/recordings"))), Map.entry("record", true));
        assertThat(values(Objects.requireNonNull(llm.prices().get("gpt-4.1"))))
                .containsExactly(
                        Map.entry("cacheRead", Optional.of(new BigDecimal("0.5"))),
                        Map.entry("cacheWrite", Optional.of(new BigDecimal("2.5"))),
                        Map.entry("input", new BigDecimal("2")),
                        Map.entry("output", new BigDecimal("8")));
    }

    @Test
    void reportsEveryProblemOfTheModelsWithoutQuotingAnAddress() {
        assertThatThrownBy(() -> check(Map.of(
                        "fleet.llm.retry-cap", "PT1H",
                        "fleet.llm.closed-for", "PT0S",
                        "fleet.llm.repairs", "9",
                        "fleet.llm.max-response", "0",
                        "fleet.llm.anthropic.base-url", "https://sk-secret@a.example",
                        "fleet.llm.openai.timeout", "PT0S",
                        "fleet.llm.openai.key-name", "sk-SECRET",
                        "fleet.llm.recorded.record", "true",
                        "fleet.llm.prices.m.input", "-1",
                        "fleet.llm.prices.m.output", "1")))
                .message()
                .isEqualTo("""
                        The configuration is not valid:
                        fleet.llm.retry-cap: 'PT1H' must be from PT0S to PT10M
                        fleet.llm.closed-for: 'PT0S' must be from PT0.1S to PT1H
                        fleet.llm.repairs: '9' must be from 0 to 5
                        fleet.llm.max-response: '0' must be from 1 to 268435456
                        fleet.llm.anthropic.base-url: '…' must be http or https, with a host and without a user
                        fleet.llm.openai.timeout: 'PT0S' must be from PT0.1S to PT1H
                        fleet.llm.openai.key-name: '…' must be 1 to 63 lower-case letters, digits or -, starting with a letter or digit
                        fleet.llm.recorded.record: 'true' needs fleet.llm.recorded.directory
                        fleet.llm.prices."m".input: '-1' must be from 0 to 1000000""");
    }

    @Test
    void reportsAllProblemsAtOnceWithKeyValueAndRule() {
        assertThatThrownBy(() -> check(Map.ofEntries(
                        Map.entry("fleet.worker.pool", "No Pool"),
                        Map.entry("fleet.worker.slots", "0"),
                        Map.entry("fleet.worker.claim-after", "PT0S"),
                        Map.entry("fleet.worker.patience", "PT2H"),
                        Map.entry("fleet.worker.session-timeout", "PT0.5S"),
                        Map.entry("fleet.worker.stuck-after", "PT2H"),
                        Map.entry("fleet.topics.prefix", "a b"),
                        Map.entry("fleet.agents.command.max-output", "-1"),
                        Map.entry("fleet.agents.command.root", "/does/not/exist"),
                        Map.entry("fleet.worker.sandbox.input-root", "/does/not/exist"),
                        Map.entry("fleet.worker.sandbox.read-only", "opt"),
                        Map.entry("fleet.worker.sandbox.user", "0"),
                        Map.entry("fleet.worker.sandbox.limits.cpu-time", "PT0S"),
                        Map.entry("fleet.worker.sandbox.limits.processes", "0"),
                        Map.entry("fleet.worker.sandbox.limits.open-files", "1"),
                        Map.entry("fleet.worker.sandbox.limits.file-size", "-1"),
                        Map.entry("fleet.worker.sandbox.limits.disk", "1"))))
                .isInstanceOf(InvalidConfigurationException.class)
                .message()
                .isEqualTo("""
                        The configuration is not valid:
                        fleet.worker.pool: 'No Pool' must be 1 to 63 lower-case letters, digits or -, starting with a letter or digit
                        fleet.topics.prefix: 'a b' must be at most 60 letters, digits or . _ -
                        fleet.worker.slots: '0' must be from 1 to 100000
                        fleet.worker.claim-after: 'PT0S' must be from PT0.05S to PT1H
                        fleet.worker.patience: 'PT2H' must be from PT0.05S to PT1H
                        fleet.worker.session-timeout: 'PT0.5S' must be from PT1S to PT5M
                        fleet.worker.stuck-after: 'PT2H' must be from PT1S to PT1H
                        fleet.agents.command.max-output: '-1' must be from 0 to 262144
                        fleet.agents.command.root: '/does/not/exist' must be a directory that exists
                        fleet.worker.sandbox.input-root: '/does/not/exist' must be a directory that exists
                        fleet.worker.sandbox.read-only: 'opt' must be absolute paths that exist
                        fleet.worker.sandbox.user: '0' must be from 1 to 2147483647
                        fleet.worker.sandbox.limits.cpu-time: 'PT0S' must be from PT1S to PT168H
                        fleet.worker.sandbox.limits.processes: '0' must be from 1 to 100000
                        fleet.worker.sandbox.limits.open-files: '1' must be from 16 to 1000000
                        fleet.worker.sandbox.limits.file-size: '-1' must be from 0 to 1099511627776
                        fleet.worker.sandbox.limits.disk: '1' must be from 65536 to 1099511627776""");
    }

    private static void check(Map<String, String> keys) {
        var config = Configs.of(keys);
        new ConfigRules(
                        config.getConfigMapping(WorkerConfig.class),
                        config.getConfigMapping(TopicsConfig.class),
                        config.getConfigMapping(CommandConfig.class),
                        config.getConfigMapping(SandboxConfig.class),
                        config.getConfigMapping(LlmConfig.class))
                .check();
    }

    private static Map<String, Object> withoutLimits(SandboxConfig sandbox) {
        var values = values(sandbox);
        values.remove("limits");
        return values;
    }

    /** Every key of a mapping, so that one without a test cannot be added. */
    private static Map<String, Object> values(Object mapping) {
        var values = new TreeMap<String, Object>();
        for (var method : mapping.getClass().getInterfaces()[0].getDeclaredMethods()) {
            try {
                values.put(method.getName(), method.invoke(mapping));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return values;
    }
}
