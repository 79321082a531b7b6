package dev.agentfleet.worker.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.JsonValue;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.llm.CallGuard;
import dev.agentfleet.worker.llm.ErrorReply;
import dev.agentfleet.worker.llm.ErrorRules;
import dev.agentfleet.worker.llm.HttpTransport;
import dev.agentfleet.worker.llm.KeyFile;
import dev.agentfleet.worker.llm.ModelClient;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.ModelResponse;
import dev.agentfleet.worker.llm.Prices;
import dev.agentfleet.worker.llm.Provider;
import dev.agentfleet.worker.llm.RateSnapshot;
import dev.agentfleet.worker.llm.RetryAfter;
import dev.agentfleet.worker.llm.StopReason;
import dev.agentfleet.worker.llm.Turn;
import dev.agentfleet.worker.llm.Usage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Anthropic's messages. */
@Singleton
public final class AnthropicModelClient implements ModelClient {

    private final HttpTransport transport;
    private final Prices prices;
    private final Duration timeout;
    private final AnthropicClient client;

    public AnthropicModelClient(LlmConfig config, HttpTransport transport, Prices prices) {
        this.transport = transport;
        this.prices = prices;
        this.timeout = config.anthropic().timeout();
        var key = new KeyFile(
                "fleet.llm.anthropic.key-file", config.anthropic().keyFile().orElse(null));
        this.client = new AnthropicClientImpl(ClientOptions.builder()
                .httpClient(new AnthropicHttp(transport, key))
                .baseUrl(config.anthropic().baseUrl().toString())
                .maxRetries(0)
                .build());
    }

    @Override
    public Provider provider() {
        return Provider.ANTHROPIC;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Duration deadline, CallGuard guard) {
        Duration bound = deadline.compareTo(timeout) < 0 ? deadline : timeout;
        return transport.bounded(bound, guard, () -> ask(request, bound));
    }

    private ModelResponse ask(ModelRequest request, Duration deadline) {
        // With a timeout of its own the library lets long answers pass without a stream.
        var options = RequestOptions.builder().timeout(deadline).build();
        try (var reply = client.messages().withRawResponse().create(params(request), options)) {
            return response(request, reply.parse(), reply.headers());
        } catch (AnthropicServiceException e) {
            throw ErrorRules.failure(error(e.statusCode(), e.headers(), e.body()));
        } catch (AnthropicInvalidDataException e) {
            throw ErrorRules.unreadable(Provider.ANTHROPIC, "something that is no message");
        }
    }

    @SuppressWarnings("deprecation") // newer models take no temperature; older ones do
    private static MessageCreateParams params(ModelRequest request) {
        var params = MessageCreateParams.builder().model(request.model()).maxTokens(request.maxOutputTokens());
        if (request.system() != null) {
            params.system(request.system());
        }
        if (request.temperature() != null) {
            params.temperature(request.temperature());
        }
        for (Turn turn : request.turns()) {
            switch (turn.role()) {
                case USER -> params.addUserMessage(turn.text());
                case ASSISTANT -> params.addAssistantMessage(turn.text());
            }
        }
        return params.build();
    }

    private ModelResponse response(ModelRequest request, Message message, Headers headers) {
        JsonValue error = message._additionalProperties().get("error");
        if (error != null) {
            throw ErrorRules.failure(error(200, headers, JsonValue.from(message._additionalProperties())));
        }
        Usage usage = usage(message);
        return new ModelResponse(
                text(message),
                null,
                usage,
                prices.of(request.model(), usage),
                header(headers, "request-id"),
                message.stopReason()
                        .map(reason -> stopReason(reason.asString()))
                        .orElse(StopReason.OTHER),
                rates(headers),
                Provider.ANTHROPIC,
                message.model().asString(),
                Duration.ZERO,
                false);
    }

    private static String text(Message message) {
        return message.content().stream()
                .filter(ContentBlock::isText)
                .map(block -> block.asText().text())
                .collect(Collectors.joining());
    }

    private static Usage usage(Message message) {
        var usage = message.usage();
        return new Usage(
                usage.inputTokens(),
                usage.outputTokens(),
                usage.cacheReadInputTokens().orElse(0L),
                usage.cacheCreationInputTokens().orElse(0L));
    }

    private static StopReason stopReason(String reason) {
        return switch (reason) {
            case "end_turn", "stop_sequence" -> StopReason.END;
            case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_TOKENS;
            case "refusal" -> StopReason.REFUSAL;
            default -> StopReason.OTHER;
        };
    }

    private static RateSnapshot rates(Headers headers) {
        return new RateSnapshot(
                window(headers, "requests"),
                window(headers, "tokens"),
                window(headers, "input-tokens"),
                window(headers, "output-tokens"));
    }

    private static RateSnapshot.Window window(Headers headers, String kind) {
        String prefix = "anthropic-ratelimit-" + kind;
        return RateSnapshot.Window.of(
                header(headers, prefix + "-limit"),
                header(headers, prefix + "-remaining"),
                header(headers, prefix + "-reset"),
                reset -> RetryAfter.untilInstant(reset, header(headers, "date")));
    }

    private static ErrorReply error(int status, Headers headers, JsonValue body) {
        return ErrorReply.of(
                Provider.ANTHROPIC,
                status,
                Objects.requireNonNullElse(body.convert(JsonNode.class), MissingNode.getInstance()),
                header(headers, "request-id"),
                name -> header(headers, name));
    }

    private static @Nullable String header(Headers headers, String name) {
        return headers.values(name).stream().findFirst().orElse(null);
    }
}
