package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the owner of the quotas last said of each lane, for people who look; every orchestrator hears it. Thread-safe. */
public final class QuotaBoard {

    /**
     * A lane that is limited or held.
     *
     * @param limits what it may use within a window
     * @param heldUntil until when its provider's refusal holds it, in the broker's time; null when it is not
     * @param holdReason what was said of the refusal
     * @param left what was left of its limits when a worker was last answered; null before
     * @param asOf when that was, in the broker's time
     */
    public record QuotaView(
            Lane lane,
            QuotaLimits limits,
            @Nullable Instant heldUntil,
            @Nullable String holdReason,
            @Nullable QuotaAmount left,
            @Nullable Instant asOf) {

        static QuotaView of(Lane lane) {
            return new QuotaView(lane, QuotaLimits.NONE, null, null, null, null);
        }
    }

    private final ConcurrentSkipListMap<Lane, QuotaView> lanes = new ConcurrentSkipListMap<>();

    /** All that are limited, or held at the time. */
    public List<QuotaView> lanes(Instant now) {
        return lanes.values().stream()
                .map(view -> current(view, now))
                .filter(view -> !view.limits().areNone() || view.heldUntil() != null)
                .toList();
    }

    public Optional<QuotaView> lane(Lane lane, Instant now) {
        return lanes(now).stream().filter(view -> view.lane().equals(lane)).findFirst();
    }

    public void limited(LimitLane limit) {
        change(
                limit.lane(),
                v -> new QuotaView(v.lane(), limit.limits(), v.heldUntil(), v.holdReason(), v.left(), v.asOf()));
    }

    public void held(HoldLane hold, Instant at) {
        if (hold.hold() != null) {
            Instant until = at.plus(hold.hold());
            change(hold.lane(), v -> new QuotaView(v.lane(), v.limits(), until, hold.reason(), v.left(), v.asOf()));
        }
    }

    public void granted(PermitsGranted granted, Instant at) {
        change(
                granted.lane(),
                v -> new QuotaView(v.lane(), v.limits(), v.heldUntil(), v.holdReason(), granted.left(), at));
    }

    private void change(Lane lane, UnaryOperator<QuotaView> change) {
        lanes.compute(lane, (name, view) -> change.apply(view == null ? QuotaView.of(lane) : view));
    }

    private static QuotaView current(QuotaView view, Instant now) {
        return view.heldUntil() == null || now.isBefore(view.heldUntil())
                ? view
                : new QuotaView(view.lane(), view.limits(), null, null, view.left(), view.asOf());
    }
}
