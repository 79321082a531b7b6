package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;

/** A call that the limits of its lane never allow. */
public final class OverLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OverLimitException(Lane lane, QuotaAmount call, QuotaLimits limits) {
        super(explain(lane, call, limits));
    }

    private static String explain(Lane lane, QuotaAmount call, QuotaLimits limits) {
        QuotaAmount most = limits.amount();
        boolean input = call.inputTokens() > most.inputTokens();
        String field = input ? "inputTokens" : "outputTokens";
        long value = input ? call.inputTokens() : call.outputTokens();
        long limit = input ? most.inputTokens() : most.outputTokens();
        return field + ": '" + value + "' must be at most " + limit + ", the limit of lane " + lane;
    }
}
