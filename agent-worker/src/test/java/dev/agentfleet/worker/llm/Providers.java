package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.llm.anthropic.AnthropicModelClient;
import dev.agentfleet.worker.llm.openai.OpenAiModelClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The clients of both providers for a server on this machine. */
final class Providers implements AutoCloseable {

    static final String KEY = "sk-canary-4711";

    private final HttpTransport transport;
    private final Path key;
    final Map<Provider, ModelClient> clients;

    Providers(URI anthropic, URI openAi, Map<String, String> more) throws IOException {
        key = Files.writeString(Files.createTempFile("key", ""), KEY + "\n");
        var keys = new HashMap<>(Map.of(
                "fleet.llm.anthropic.base-url", anthropic.toString(),
                "fleet.llm.anthropic.key-file", key.toString(),
                "fleet.llm.openai.base-url", openAi.toString(),
                "fleet.llm.openai.key-file", key.toString(),
                "fleet.llm.prices.priced.input", "1",
                "fleet.llm.prices.priced.output", "10"));
        keys.putAll(more);
        LlmConfig config = Configs.llm(keys);
        transport = new HttpTransport(config);
        var prices = new Prices(config);
        clients = Map.of(
                Provider.ANTHROPIC, new AnthropicModelClient(config, transport, prices),
                Provider.OPENAI, new OpenAiModelClient(config, transport, prices));
    }

    @Override
    public void close() throws IOException {
        transport.close();
        Files.delete(key);
    }
}
