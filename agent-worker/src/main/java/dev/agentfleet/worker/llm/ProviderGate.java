package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.execution.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Closed for a while to a provider that takes no calls of this worker. Meanwhile nobody is asked; afterwards the next call
 * tries.
 */
@Singleton
public final class ProviderGate {

    private static final Logger LOG = Logger.getLogger(ProviderGate.class);

    private record Closed(String code, String reason, long until) {}

    private final ConcurrentHashMap<Provider, Closed> closed = new ConcurrentHashMap<>();
    private final long closedFor;
    private final Ticker ticker;

    public ProviderGate(LlmConfig config, Ticker ticker) {
        this.closedFor = config.closedFor().toNanos();
        this.ticker = ticker;
    }

    public boolean isClosed(Provider provider) {
        Closed state = closed.get(provider);
        return state != null && left(state) > 0;
    }

    /** Returns while calls may be made. */
    void pass(Provider provider) {
        Closed state = closed.get(provider);
        if (state == null) {
            return;
        }
        long left = left(state);
        if (left > 0) {
            throw unavailable(state, left);
        }
        closed.remove(provider, state);
    }

    /** Closes it for what the provider said; gives what the attempt ends with. */
    AgentUnavailableException close(Provider provider, ModelCallException refusal) {
        return unavailable(close(provider, refusal.code(), String.valueOf(refusal.getMessage()), closedFor), closedFor);
    }

    /** Closes it for what the provider said to another worker. */
    void close(Provider provider, String code, Duration hold) {
        close(provider, code, "another worker was told so", hold.toNanos());
    }

    /** How long it stays closed after a refusal. */
    Duration closedFor() {
        return Duration.ofNanos(closedFor);
    }

    private Closed close(Provider provider, String code, String reason, long nanos) {
        var state = new Closed(code, reason, ticker.nanos() + nanos);
        if (closed.put(provider, state) == null) {
            LOG.warnf("no calls of %s for %s: %s: %s", provider.tag(), Duration.ofNanos(nanos), code, reason);
        }
        return state;
    }

    private long left(Closed state) {
        return state.until() - ticker.nanos();
    }

    private static AgentUnavailableException unavailable(Closed state, long left) {
        return new AgentUnavailableException(state.code(), state.reason(), Duration.ofNanos(left));
    }
}
