package dev.agentfleet.worker.quota;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.worker.execution.AttemptClock;
import dev.agentfleet.worker.execution.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of this worker. A thread that speaks to their owner is started once somebody has to wait; a worker that calls no
 * limited lane has none of it.
 */
public final class FleetQuota implements Quota {

    private static final Logger LOG = Logger.getLogger(FleetQuota.class);
    private static final long AFTER_FAILURE = Duration.ofMillis(500).toNanos();

    private final String workerId;
    private final QuotaTransport transport;
    private final Ticker ticker;
    private final QuotaFigures figures;
    private final Map<Lane, LaneGate> gates = new ConcurrentHashMap<>();
    private final List<Consumer<HoldLane>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Thread driver;
    private volatile boolean closed;

    public FleetQuota(String workerId, QuotaTransport transport, Ticker ticker, QuotaFigures figures) {
        this.workerId = workerId;
        this.transport = transport;
        this.ticker = ticker;
        this.figures = figures;
    }

    @Override
    public Permit acquire(Lane lane, long inputTokens, long outputTokens, AgentContext context)
            throws InterruptedException {
        LaneGate gate = gates.get(lane);
        QuotaAmount call = QuotaAmount.call(inputTokens, outputTokens);
        if (gate == null) {
            return new FreePermit(() -> gate(lane));
        }
        if (gate.isFree()) {
            return new LanePermit(gate, call, null);
        }
        Waiter waiter = gate.enter(call);
        return waiter.permit().isDone() ? permit(waiter, gate) : await(waiter, gate, lane, context);
    }

    @Override
    public void dismiss(String provider, String key) {
        gates.forEach((lane, gate) -> {
            if (lane.provider().equals(provider) && lane.key().equals(key)) {
                gate.dismiss();
            }
        });
    }

    @Override
    public void onHold(Consumer<HoldLane> listener) {
        listeners.add(listener);
    }

    private Permit await(Waiter waiter, LaneGate gate, Lane lane, AgentContext context) throws InterruptedException {
        AttemptClock clock = context instanceof AttemptClock of ? of : AttemptClock.NONE;
        long since = ticker.nanos();
        clock.stop();
        try {
            return permit(waiter, gate);
        } finally {
            clock.go();
            if (gate.isLimited()) {
                figures.waited(lane, ticker.nanos() - since);
            }
        }
    }

    private static Permit permit(Waiter waiter, LaneGate gate) throws InterruptedException {
        boolean served = false;
        try {
            Permit permit = waiter.permit().get();
            served = true;
            return permit;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OverLimitException || e.getCause() instanceof DismissedException) {
                throw (RuntimeException) e.getCause();
            }
            throw new IllegalStateException("a call waits for nothing", e);
        } finally {
            if (!served) {
                gate.leave(waiter);
            }
        }
    }

    /** The owner says what the limits of a lane are. */
    public void limited(LimitLane limit) {
        if (!limit.limits().areNone() || gates.containsKey(limit.lane())) {
            LaneGate gate = gate(limit.lane());
            gate.limit(limit.limits());
            if (!limit.limits().areNone()) {
                figures.limited(limit.lane(), gate::waiting);
            }
        }
    }

    /** The owner says that a lane is held from now on. */
    public void held(HoldLane hold) {
        if (hold.hold() != null) {
            gate(hold.lane()).hold(hold.hold());
            listeners.forEach(listener -> listener.accept(hold));
        }
    }

    public void close() {
        closed = true;
        wake();
    }

    private LaneGate gate(Lane lane) {
        return gates.computeIfAbsent(lane, name -> new LaneGate(name, workerId, ticker, this::wake));
    }

    private void wake() {
        if (!closed && started.compareAndSet(false, true)) {
            driver = Thread.ofPlatform().name("quota").daemon().start(this::drive);
        }
        LockSupport.unpark(driver);
    }

    private void drive() {
        try {
            transport.open(this::granted);
        } catch (InterruptedException e) {
            // The process ends.
            return;
        }
        while (!closed) {
            try {
                step();
            } catch (RuntimeException e) {
                LOG.error("A step of the quotas failed; it will be tried again", e);
                LockSupport.parkNanos(this, AFTER_FAILURE);
            }
        }
    }

    private void step() {
        long due = LaneGate.NEVER;
        List<QuotaRequest> messages = new ArrayList<>();
        for (LaneGate gate : gates.values()) {
            due = Math.min(due, gate.step(messages));
        }
        messages.forEach(transport::send);
        // Sending took time: then look again first.
        if (due == LaneGate.NEVER) {
            LockSupport.park(this);
        } else if (messages.isEmpty()) {
            LockSupport.parkNanos(this, due);
        }
    }

    private void granted(PermitsGranted grant) {
        LaneGate gate = gates.get(grant.lane());
        if (gate != null) {
            gate.granted(grant);
        }
    }
}
