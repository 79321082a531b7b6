package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.AskPermits.SpentGrant;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.RateSnapshot;
import dev.agentfleet.worker.execution.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this worker that wait for one lane, and the permits it has. What it has to say to the owner it gives to whoever
 * drives it by {@link #step}; it never blocks. Thread-safe.
 */
final class LaneGate {

    /** Nothing is due before something happens. */
    static final long NEVER = Long.MAX_VALUE;

    /** Calls that one ask speaks for. */
    private static final int MOST_ASKED = 200;

    private static final long UNANSWERED = Duration.ofSeconds(1).toNanos();
    private static final long OPENING_STEP = Duration.ofMillis(200).toNanos();
    private static final int OPENING_STEPS = 12;
    /** Until the owner says for how long. */
    private static final Duration FIRST_HOLD = Duration.ofSeconds(1);

    private static final Duration MOST_HOLD = Duration.ofMinutes(15);

    private final Lane lane;
    private final String workerId;
    private final Ticker ticker;
    private final Runnable wake;
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Deque<QuotaRequest> outbox = new ArrayDeque<>();
    private final Tidings tidings = new Tidings();
    private QuotaLimits limits = QuotaLimits.NONE;
    private long number;
    private boolean asked;
    private long askedAt;
    private long validFor = UNANSWERED;
    private long askAt;
    private boolean held;
    private long heldTo;
    private int opened = OPENING_STEPS;

    /** @param wake called when a step is due earlier than the last one said */
    LaneGate(Lane lane, String workerId, Ticker ticker, Runnable wake) {
        this.lane = lane;
        this.workerId = workerId;
        this.ticker = ticker;
        this.wake = wake;
        this.askAt = ticker.nanos();
    }

    /** Takes a place in the line. */
    Waiter enter(QuotaAmount call) {
        Waiter waiter = new Waiter(call);
        synchronized (this) {
            requireAllowed(call);
            waiters.add(waiter);
            serve(ticker.nanos());
        }
        if (!waiter.permit().isDone()) {
            wake.run();
        }
        return waiter;
    }

    /** Leaves the line; a permit that came meanwhile is given back. */
    void leave(Waiter waiter) {
        synchronized (this) {
            waiters.remove(waiter);
        }
        if (!waiter.permit().cancel(false) && !waiter.permit().isCompletedExceptionally()) {
            waiter.permit().join().close();
        }
    }

    synchronized int waiting() {
        return waiters.size();
    }

    /** Whether nobody has to wait. */
    synchronized boolean isFree() {
        long now = ticker.nanos();
        return limits.areNone()
                && !isHeld(now)
                && (opened == OPENING_STEPS || now - heldTo >= OPENING_STEPS * OPENING_STEP);
    }

    synchronized boolean isLimited() {
        return !limits.areNone();
    }

    synchronized void limit(QuotaLimits to) {
        limits = to;
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (!waiter.call().fits(to.amount())) {
                each.remove();
                waiter.permit().completeExceptionally(new OverLimitException(lane, waiter.call(), to));
            }
        }
        askAt = ticker.nanos();
        wake.run();
    }

    synchronized void hold(Duration asked) {
        long now = ticker.nanos();
        long to = now + bounded(asked).toNanos();
        if (!held || to - heldTo > 0) {
            heldTo = to;
        }
        held = true;
        opened = 0;
        blocks.forEach(block -> tidings.spent(block.close()));
        blocks.clear();
        wake.run();
    }

    synchronized void dismiss() {
        waiters.forEach(waiter -> waiter.permit().completeExceptionally(new DismissedException(lane)));
        waiters.clear();
    }

    synchronized void granted(PermitsGranted grant) {
        long now = ticker.nanos();
        if (!asked || grant.number() != number) {
            // Given up long ago: nobody must use it.
            tidings.spent(new SpentGrant(grant.number(), 0, QuotaAmount.NONE));
        } else {
            asked = false;
            validFor = grant.validFor().toNanos();
            askAt = now + grant.askAfter().toNanos();
            Block block = new Block(grant, askedAt);
            if (isHeld(now)) {
                tidings.spent(block.close());
            } else if (!grant.amount().none()) {
                blocks.add(block);
                serve(now);
            }
        }
        wake.run();
    }

    synchronized boolean use(QuotaAmount call, @Nullable Block block) {
        long now = ticker.nanos();
        return !isHeld(now) && (block == null || block.use(call, now));
    }

    synchronized void giveBack(QuotaAmount call, Block block) {
        block.giveBack(call);
        serve(ticker.nanos());
        wake.run();
    }

    synchronized void correct(Block block, long inputTokens, long outputTokens) {
        tidings.correct(block.grantedAt(), inputTokens, outputTokens);
        wake.run();
    }

    synchronized void seen(RateSnapshot snapshot) {
        if (!limits.areNone()) {
            tidings.seen(snapshot);
            wake.run();
        }
    }

    /** Stops at once, whatever the owner will say. */
    synchronized void refused(@Nullable Duration retryAfter, String reason) {
        Duration asked = retryAfter == null ? null : bounded(retryAfter);
        outbox.add(new HoldLane(lane, asked, reason));
        hold(asked == null ? FIRST_HOLD : asked);
    }

    private static Duration bounded(Duration hold) {
        return hold.isNegative() ? Duration.ZERO : hold.compareTo(MOST_HOLD) > 0 ? MOST_HOLD : hold;
    }

    /**
     * Does what time has made due.
     *
     * @param messages gets what is to be sent
     * @return when the next step is due, by the ticker; {@link #NEVER} when nothing is
     */
    synchronized long step(List<QuotaRequest> messages) {
        long now = ticker.nanos();
        endBlocks(now);
        if (asked && now - askedAt >= validFor) {
            // Whatever comes for it now has expired.
            asked = false;
            askAt = now;
        }
        serve(now);
        messages.addAll(outbox);
        outbox.clear();
        if (!waiters.isEmpty() && !limits.areNone() && !asked && now - askAt >= 0 && !isHeld(now)) {
            messages.add(ask(now));
        } else if (tidings.isDue(now)) {
            messages.add(message(number, QuotaAmount.NONE, QuotaAmount.NONE));
        }
        return next(now);
    }

    private AskPermits ask(long now) {
        number++;
        asked = true;
        askedAt = now;
        QuotaAmount want = QuotaAmount.NONE;
        int calls = 0;
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext() && calls < MOST_ASKED; calls++) {
            want = want.plus(each.next().call());
        }
        return message(number, want, waiters.iterator().next().call());
    }

    private AskPermits message(long asking, QuotaAmount want, QuotaAmount first) {
        return new AskPermits(
                lane,
                workerId,
                asking,
                want,
                first,
                tidings.takeSpent(),
                tidings.takeCorrections(),
                tidings.takeSeen());
    }

    private void endBlocks(long now) {
        for (Iterator<Block> each = blocks.iterator(); each.hasNext(); ) {
            Block block = each.next();
            if (block.isDone(now)) {
                each.remove();
                tidings.spent(block.close());
            }
        }
    }

    private void serve(long now) {
        if (isHeld(now)) {
            return;
        }
        if (limits.areNone()) {
            open(now);
            return;
        }
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            Block block = blockFor(waiter.call(), now);
            if (block == null) {
                return;
            }
            each.remove();
            if (!waiter.permit().complete(new LanePermit(this, waiter.call(), block))) {
                block.giveBack(waiter.call());
            }
        }
    }

    /** One block at a time serves the line; what is too small for its head goes back. */
    private @Nullable Block blockFor(QuotaAmount call, long now) {
        for (Iterator<Block> each = blocks.iterator(); each.hasNext(); ) {
            Block block = each.next();
            if (block.isUsable(now) && block.take(call)) {
                return block;
            }
            if (!block.isOut()) {
                each.remove();
                tidings.spent(block.close());
            }
        }
        return null;
    }

    /** A lane without limits that was held lets more and more of those go who wait. */
    private void open(long now) {
        if (opened < OPENING_STEPS) {
            long step = (now - heldTo) / OPENING_STEP;
            if (step < opened) {
                return;
            }
            opened = (int) Math.min(OPENING_STEPS, step + 1);
        }
        int most = opened == OPENING_STEPS ? waiters.size() : 1 << opened;
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext() && most > 0; most--) {
            Waiter waiter = each.next();
            each.remove();
            waiter.permit().complete(new LanePermit(this, waiter.call(), null));
        }
    }

    private long next(long now) {
        long due = NEVER;
        for (Block block : blocks) {
            due = Math.min(due, block.usableTo() - now);
        }
        if (asked) {
            due = Math.min(due, askedAt + validFor - now);
        }
        if (!waiters.isEmpty()) {
            long waits = isHeld(now) ? heldTo : limits.areNone() ? now + OPENING_STEP : askAt;
            due = asked ? due : Math.min(due, waits - now);
        }
        due = Math.min(due, tidings.dueIn(now));
        return due == NEVER ? NEVER : Math.max(0, due);
    }

    private boolean isHeld(long now) {
        held = held && now - heldTo < 0;
        return held;
    }

    private void requireAllowed(QuotaAmount call) {
        if (!call.fits(limits.amount())) {
            throw new OverLimitException(lane, call, limits);
        }
    }
}
