package dev.agentfleet.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrchestratorConfigTest {

    @Test
    void hasTheseKeysAndDefaults() throws ReflectiveOperationException {
        OrchestratorConfig config = new SmallRyeConfigBuilder()
                .withMapping(OrchestratorConfig.class)
                .build()
                .getConfigMapping(OrchestratorConfig.class);
        Map<String, String> found = values(OrchestratorConfig.class, config);
        found.keySet().removeAll(List.of("scaling", "auth"));

        assertThat(found)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("stateDir", "state"),
                        Map.entry("instanceId", "Optional.empty"),
                        Map.entry("advertisedUrl", "Optional.empty"),
                        Map.entry("pools", "[default]"),
                        Map.entry("agentPools", "{}"),
                        Map.entry("homePartitions", "12"),
                        Map.entry("taskPartitions", "24"),
                        Map.entry("replicationFactor", "1"),
                        Map.entry("retention", "PT168H"),
                        Map.entry("runRetention", "PT168H"),
                        Map.entry("maxTasksPerRun", "5000000"),
                        Map.entry("lease", "PT15S"),
                        Map.entry("grace", "PT10S"),
                        Map.entry("threads", "2"),
                        Map.entry("standbyReplicas", "1"),
                        Map.entry("storeMegabytes", "128"),
                        Map.entry("commitInterval", "PT0.01S"),
                        Map.entry("busyCommitInterval", "PT0.15S"),
                        Map.entry("tracedTasks", "1000"),
                        Map.entry("admissionWait", "PT2S")));
        assertThat(values(ScalingConfig.class, config.scaling()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("targetBacklog", "PT30S", "slotsPerWorker", "16", "attemptTime", "PT30S"));
        assertThat(values(AuthConfig.class, config.auth()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("tokens", "false", "anonymous", "false"));
    }

    private static Map<String, String> values(Class<?> type, Object config) throws ReflectiveOperationException {
        Map<String, String> found = new TreeMap<>();
        for (Method key : Arrays.asList(type.getDeclaredMethods())) {
            if (!key.isSynthetic()) {
                found.put(key.getName(), String.valueOf(key.invoke(config)));
            }
        }
        return found;
    }
}
