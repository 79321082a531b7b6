package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.metric.FleetMetric;
import dev.agentfleet.orchestrator.quota.LaneLedger;
import dev.agentfleet.orchestrator.topology.QuotaListener;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the owner of the quotas counts, of lanes with limits only: those are named by operators. Thread-safe. */
final class QuotaFigures implements QuotaListener {

    private final Meters meters;
    private final Map<Lane, Counter> granted = new ConcurrentHashMap<>();
    private final Map<Lane, LaneLedger> ledgers = new ConcurrentHashMap<>();

    QuotaFigures(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void lane(Lane lane, @Nullable LaneLedger ledger, long calls) {
        if (ledger == null || ledger.limits().areNone()) {
            ledgers.remove(lane);
            return;
        }
        ledgers.put(lane, ledger);
        granted.computeIfAbsent(lane, this::register).increment(calls);
    }

    private Counter register(Lane lane) {
        meters.gauge(FleetMetric.QUOTA_USED, () -> usedShare(lane), lane.toString());
        meters.gauge(FleetMetric.QUOTA_HELD, () -> isHeld(lane) ? 1 : 0, lane.toString());
        return meters.counter(FleetMetric.QUOTA_GRANTED, lane.toString());
    }

    private double usedShare(Lane lane) {
        LaneLedger ledger = ledgers.get(lane);
        return ledger == null ? 0 : ledger.usedShare();
    }

    private boolean isHeld(Lane lane) {
        LaneLedger ledger = ledgers.get(lane);
        return ledger != null && ledger.hold() != null;
    }
}
