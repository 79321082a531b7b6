package dev.agentfleet.worker.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The worker's configuration from the given keys and nothing else. */
public final class Configs {

    private Configs() {}

    static SmallRyeConfig of(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withMapping(TopicsConfig.class)
                .withMapping(CommandConfig.class)
                .withMapping(LlmConfig.class)
                .withMapping(SandboxConfig.class)
                .withMapping(TestConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 1_000))
                .build();
    }

    public static WorkerConfig worker(Map<String, String> keys) {
        return of(keys).getConfigMapping(WorkerConfig.class);
    }

    public static CommandConfig command(Map<String, String> keys) {
        return of(keys).getConfigMapping(CommandConfig.class);
    }

    public static LlmConfig llm(Map<String, String> keys) {
        return of(keys).getConfigMapping(LlmConfig.class);
    }

    public static TestConfig test(Map<String, String> keys) {
        return of(keys).getConfigMapping(TestConfig.class);
    }

    public static SandboxConfig sandbox(Map<String, String> keys) {
        return of(keys).getConfigMapping(SandboxConfig.class);
    }
}
