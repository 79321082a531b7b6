package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.orchestrator.topology.TransactionListener;
import io.micrometer.core.instrument.Counter;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Holds back what a stream thread counts until the transaction it belongs to is committed, and forgets it when that is
 * aborted: so an event that is processed again after a failure counts once.
 */
public final class CommittedCounts implements TransactionListener {

    /** One a stream thread, and a thread has one transaction at a time. */
    private final ThreadLocal<Map<Counter, double[]>> open = ThreadLocal.withInitial(IdentityHashMap::new);

    void add(Counter counter, double amount) {
        open.get().computeIfAbsent(counter, it -> new double[1])[0] += amount;
    }

    @Override
    public void committed() {
        open.get().forEach((counter, amount) -> {
            if (amount[0] > 0) {
                counter.increment(amount[0]);
                amount[0] = 0;
            }
        });
    }

    @Override
    public void aborted() {
        open.get().values().forEach(amount -> amount[0] = 0);
    }
}
