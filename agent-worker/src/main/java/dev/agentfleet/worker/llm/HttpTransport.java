package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.llm.ModelCallException.Kind;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Carries the requests of the providers' libraries, each on a connection of its own: whatever ends a call early closes it.
 * A call under way holds one blocked virtual thread and no other; connections are used again, one after the other.
 */
@Singleton
public final class HttpTransport {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** What the library says of a body beyond the limit. */
    private static final String TOO_LARGE = "body exceeds capacity";

    private static final ScopedValue<Bounds> BOUNDS = ScopedValue.newInstance();

    private record Bounds(long endsAt, CallGuard guard) {}

    private final HttpClient http;
    private final int maxResponse;

    @Inject
    public HttpTransport(LlmConfig config) {
        this.maxResponse = config.maxResponse();
        this.http = HttpClient.newBuilder()
                // Streams of HTTP/2 share a connection, and this client fails a call beyond their number.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @PreDestroy
    public void close() {
        http.shutdownNow();
    }

    /** Runs code whose {@link #send} ends with the deadline or the guard. */
    public <T> T bounded(Duration deadline, CallGuard guard, Supplier<T> code) {
        var bounds = new Bounds(System.nanoTime() + deadline.toNanos(), guard);
        return ScopedValue.where(BOUNDS, bounds).call(code::get);
    }

    /** The whole response, whatever its status. */
    public HttpResponse<byte[]> send(Provider provider, HttpRequest request) {
        Bounds bounds = BOUNDS.get();
        var exchange = http.sendAsync(
                guarded(request, bounds.guard()), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxResponse));
        var underWay = new AtomicReference<CompletableFuture<?>>(exchange);
        bounds.guard().onCancel(() -> abort(underWay));
        try {
            return exchange.get(bounds.endsAt() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ModelCallException(
                    Kind.TIMED_OUT, LlmCode.MODEL_TIMEOUT, provider.tag() + " gave no complete answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        } catch (CancellationException e) {
            throw stopped();
        } catch (ExecutionException e) {
            throw broken(provider, Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            abort(underWay);
        }
    }

    private static HttpRequest guarded(HttpRequest request, CallGuard guard) {
        var body = request.bodyPublisher().orElseGet(BodyPublishers::noBody);
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .method(request.method(), new GuardedBody(body, guard))
                .build();
    }

    /** Nothing when it is over; afterwards nobody holds on to the response. */
    private static void abort(AtomicReference<CompletableFuture<?>> underWay) {
        CompletableFuture<?> exchange = underWay.getAndSet(null);
        if (exchange != null) {
            exchange.cancel(true);
        }
    }

    private static CancellationException stopped() {
        return new CancellationException("The call of the model was stopped");
    }

    private static RuntimeException broken(Provider provider, Throwable cause) {
        if (cause instanceof NotSentException || cause.getCause() instanceof NotSentException) {
            return new NotSentException();
        }
        return switch (cause) {
            case CancellationException _ -> stopped();
            case ConnectException _, HttpTimeoutException _ ->
                new ModelCallException(
                        Kind.TRANSIENT, LlmCode.CONNECTION_FAILED, provider.tag() + " could not be reached");
            case IOException io
            when String.valueOf(io.getMessage()).contains(TOO_LARGE) ->
                new ModelCallException(
                        Kind.PERMANENT,
                        LlmCode.RESPONSE_TOO_LARGE,
                        provider.tag() + " answered with more than fleet.llm.max-response bytes");
            default ->
                new ModelCallException(
                        Kind.TRANSIENT,
                        LlmCode.CONNECTION_FAILED,
                        provider.tag() + ": the connection broke: "
                                + cause.getClass().getSimpleName());
        };
    }
}
