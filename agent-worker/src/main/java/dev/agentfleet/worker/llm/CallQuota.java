package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.quota.DismissedException;
import dev.agentfleet.worker.quota.OverLimitException;
import dev.agentfleet.worker.quota.Permit;
import dev.agentfleet.worker.quota.Quota;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Calls within the quotas of the fleet: which lane a call is in, what it is expected to take, what its end says of the lane. */
@Startup
@Singleton
final class CallQuota {

    /** A provider that is out for one worker is out for all. What breaks a connection may be the worker's own. */
    private static final Set<String> OUT = Set.of(LlmCode.RATE_LIMITED, LlmCode.PROVIDER_OVERLOADED);

    /** What an operator must mend: nobody waits for that with a slot in hand. */
    private static final Set<String> CLOSED = Set.of(LlmCode.PROVIDER_KEY_REFUSED, LlmCode.SPEND_LIMIT);

    private static final String FILES = "files";

    private final Quota quota;
    private final ProviderGate gate;
    private final Map<Provider, String> keys = new EnumMap<>(Provider.class);

    CallQuota(Quota quota, ProviderGate gate, LlmConfig config) {
        this.quota = quota;
        this.gate = gate;
        keys.put(Provider.ANTHROPIC, config.anthropic().keyName());
        keys.put(Provider.OPENAI, config.openai().keyName());
        keys.put(Provider.RECORDED, FILES);
        quota.onHold(this::held);
    }

    /** Waits, with the attempt's clock standing still, until the call may be made. */
    Permit acquire(Provider provider, ModelRequest request, AgentContext context) {
        var lane = new Lane(provider.tag(), Objects.requireNonNull(keys.get(provider)), request.model());
        while (true) {
            gate.pass(provider);
            try {
                return await(lane, request, context);
            } catch (DismissedException e) {
                // Its provider is closed, or was a moment ago.
                continue;
            }
        }
    }

    private Permit await(Lane lane, ModelRequest request, AgentContext context) {
        try {
            return quota.acquire(lane, TokenEstimate.input(request), request.maxOutputTokens(), context);
        } catch (OverLimitException e) {
            throw AgentFailureException.permanent(LlmCode.OVER_QUOTA, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The call waited for its quota");
        }
    }

    static void answered(Permit permit, ModelResponse response) {
        var usage = response.usage();
        permit.settle(response.provider().limited(usage), usage.output());
        var left = response.rates().left();
        if (left != null) {
            permit.seen(left);
        }
    }

    /** What a call without an answer took is not known; the estimate stands. */
    void failed(Permit permit, ModelCallException failure) {
        if (CLOSED.contains(failure.code())) {
            permit.refused(gate.closedFor(), failure.code());
        } else if (holds(failure)) {
            permit.refused(failure.retryAfter(), failure.code());
        }
    }

    /** Whether the fleet makes no such call for a while, and the next one waits for that. */
    static boolean holds(ModelCallException failure) {
        return OUT.contains(failure.code());
    }

    private void held(HoldLane hold) {
        String code = hold.reason();
        if (code == null || !CLOSED.contains(code) || hold.hold() == null) {
            return;
        }
        keys.forEach((provider, key) -> {
            if (provider.tag().equals(hold.lane().provider())
                    && key.equals(hold.lane().key())) {
                gate.close(provider, code, hold.hold());
                quota.dismiss(provider.tag(), key);
            }
        });
    }
}
