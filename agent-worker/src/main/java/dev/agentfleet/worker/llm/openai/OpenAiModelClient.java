package dev.agentfleet.worker.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
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
import dev.agentfleet.worker.llm.StopReason;
import dev.agentfleet.worker.llm.Turn;
import dev.agentfleet.worker.llm.Usage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chat completions of OpenAI and of every server that speaks them. */
@Singleton
public final class OpenAiModelClient implements ModelClient {

    /** The library asks for a key; the real one is added later, where there is one. */
    private static final String NO_KEY = "none";

    private final HttpTransport transport;
    private final Prices prices;
    private final Duration timeout;
    private final boolean legacyMaxTokens;
    private final OpenAIClient client;

    public OpenAiModelClient(LlmConfig config, HttpTransport transport, Prices prices) {
        this.transport = transport;
        this.prices = prices;
        this.timeout = config.openai().timeout();
        this.legacyMaxTokens = config.openai().legacyMaxTokens();
        var key = new KeyFile(
                "fleet.llm.openai.key-file", config.openai().keyFile().orElse(null));
        this.client = new OpenAIClientImpl(ClientOptions.builder()
                .httpClient(new OpenAiHttp(transport, key))
                .baseUrl(config.openai().baseUrl().toString())
                .apiKey(NO_KEY)
                .maxRetries(0)
                .build());
    }

    @Override
    public Provider provider() {
        return Provider.OPENAI;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Duration deadline, CallGuard guard) {
        Duration bound = deadline.compareTo(timeout) < 0 ? deadline : timeout;
        return transport.bounded(bound, guard, () -> ask(request, bound));
    }

    private ModelResponse ask(ModelRequest request, Duration deadline) {
        var options = RequestOptions.builder().timeout(deadline).build();
        try (var reply = client.chat().completions().withRawResponse().create(params(request), options)) {
            return response(request, reply.parse(), reply.headers());
        } catch (OpenAIServiceException e) {
            throw ErrorRules.failure(error(e.statusCode(), e.headers(), e.body()));
        } catch (OpenAIInvalidDataException e) {
            throw ErrorRules.unreadable(Provider.OPENAI, "something that is no chat completion");
        }
    }

    @SuppressWarnings("deprecation") // the older name of the field, for servers that know no other
    private ChatCompletionCreateParams params(ModelRequest request) {
        var params = ChatCompletionCreateParams.builder().model(request.model());
        if (legacyMaxTokens) {
            params.maxTokens(request.maxOutputTokens());
        } else {
            params.maxCompletionTokens(request.maxOutputTokens());
        }
        if (request.system() != null) {
            params.addSystemMessage(request.system());
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

    private ModelResponse response(ModelRequest request, ChatCompletion completion, Headers headers) {
        if (completion._additionalProperties().containsKey("error")) {
            throw ErrorRules.failure(error(200, headers, JsonValue.from(completion._additionalProperties())));
        }
        if (completion.choices().isEmpty()) {
            throw ErrorRules.unreadable(Provider.OPENAI, "a chat completion without a choice")
                    .withBilled(completion.usage().map(OpenAiModelClient::usage).orElse(Usage.NONE));
        }
        var choice = completion.choices().getFirst();
        Usage usage = completion.usage().map(OpenAiModelClient::usage).orElse(Usage.NONE);
        return new ModelResponse(
                choice.message().content().orElse(""),
                null,
                usage,
                completion.usage().isPresent() ? prices.of(request.model(), usage) : null,
                header(headers, "x-request-id"),
                choice.message().refusal().isPresent()
                        ? StopReason.REFUSAL
                        : stopReason(choice.finishReason().asString()),
                rates(headers),
                Provider.OPENAI,
                completion.model(),
                Duration.ZERO,
                false);
    }

    /** Here the tokens of a prompt include those of the cache. */
    private static Usage usage(CompletionUsage usage) {
        long cached = usage.promptTokensDetails()
                .flatMap(CompletionUsage.PromptTokensDetails::cachedTokens)
                .orElse(0L);
        return new Usage(Math.max(0, usage.promptTokens() - cached), usage.completionTokens(), cached, 0);
    }

    private static StopReason stopReason(String reason) {
        return switch (reason) {
            case "stop" -> StopReason.END;
            case "length" -> StopReason.MAX_TOKENS;
            case "content_filter" -> StopReason.REFUSAL;
            default -> StopReason.OTHER;
        };
    }

    private static RateSnapshot rates(Headers headers) {
        return new RateSnapshot(
                window(headers, "requests"),
                window(headers, "tokens"),
                RateSnapshot.Window.UNKNOWN,
                RateSnapshot.Window.UNKNOWN);
    }

    private static RateSnapshot.Window window(Headers headers, String kind) {
        return RateSnapshot.Window.of(
                header(headers, "x-ratelimit-limit-" + kind),
                header(headers, "x-ratelimit-remaining-" + kind),
                header(headers, "x-ratelimit-reset-" + kind),
                ResetSpan::parse);
    }

    private static ErrorReply error(int status, Headers headers, JsonValue body) {
        return ErrorReply.of(
                Provider.OPENAI,
                status,
                Objects.requireNonNullElse(body.convert(JsonNode.class), MissingNode.getInstance()),
                header(headers, "x-request-id"),
                name -> header(headers, name));
    }

    private static @Nullable String header(Headers headers, String name) {
        return headers.values(name).stream().findFirst().orElse(null);
    }
}
