package dev.agentfleet.worker.flow;

import dev.agentfleet.modelserver.ModelServer;
import dev.agentfleet.worker.llm.RetriedCalls;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Both providers are one scripted server; every wait is short. */
public final class ModelServerResource implements QuarkusTestResourceLifecycleManager {

    static final String KEY = "sk-canary-0815";
    static final ModelServer SERVER = new ModelServer();

    @Override
    public Map<String, String> start() {
        String key = keyFile().toString();
        String retry = "smallrye.faulttolerance.\"" + RetriedCalls.class.getName() + "/call\".retry.";
        return Map.ofEntries(
                Map.entry("fleet.llm.anthropic.base-url", SERVER.anthropicUrl().toString()),
                Map.entry("fleet.llm.anthropic.key-file", key),
                Map.entry("fleet.llm.anthropic.timeout", "PT2S"),
                Map.entry("fleet.llm.openai.base-url", SERVER.openAiUrl().toString()),
                Map.entry("fleet.llm.openai.key-file", key),
                Map.entry("fleet.llm.openai.timeout", "PT2S"),
                Map.entry("fleet.llm.retry-cap", "PT5S"),
                Map.entry("fleet.llm.closed-for", "PT0.1S"),
                Map.entry("fleet.llm.prices.m.input", "1"),
                Map.entry("fleet.llm.prices.m.output", "10"),
                Map.entry(retry + "max-retries", "2"),
                Map.entry(retry + "delay", "20"),
                Map.entry("quarkus.log.category.\"dev.agentfleet\".level", "DEBUG"),
                Map.entry("quarkus.log.category.\"com.anthropic\".level", "DEBUG"),
                Map.entry("quarkus.log.category.\"com.openai\".level", "DEBUG"),
                Map.entry("quarkus.log.category.\"jdk.httpclient\".level", "DEBUG"),
                Map.entry("quarkus.log.category.\"io.smallrye.faulttolerance\".level", "DEBUG"));
    }

    private static Path keyFile() {
        try {
            return Files.writeString(Files.createTempFile("key", ""), KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The server ends with the JVM: a test may still look at it.
    }
}
