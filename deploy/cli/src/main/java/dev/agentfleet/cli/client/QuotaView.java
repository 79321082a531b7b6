package dev.agentfleet.cli.client;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lane as the orchestrator last heard of it.
 *
 * @param heldUntil until when its provider's refusal holds it; null when it is not held
 * @param left what was left of its limits when a worker was last answered; null before
 * @param asOf when that was
 */
public record QuotaView(
        Lane lane,
        QuotaLimits limits,
        @Nullable Instant heldUntil,
        @Nullable String holdReason,
        @Nullable QuotaAmount left,
        @Nullable Instant asOf) {}
