package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.AskPermits.SpentGrant;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import java.time.Instant;

/** What one grant allows. Guarded by its lane. */
final class Block {

    private static final long MILLI = 1_000_000;

    private final long number;
    private final Instant grantedAt;
    private final long askedAt;
    private final long usableTo;
    private QuotaAmount left;
    private QuotaAmount used = QuotaAmount.NONE;
    private long lastUse;
    private int out;
    private boolean closed;

    /** @param askedAt when it was asked for, by the ticker: its life is counted from there */
    Block(PermitsGranted grant, long askedAt) {
        this.number = grant.number();
        this.grantedAt = grant.grantedAt();
        this.askedAt = askedAt;
        this.usableTo = askedAt + grant.validFor().toNanos();
        this.left = grant.amount();
    }

    Instant grantedAt() {
        return grantedAt;
    }

    long usableTo() {
        return usableTo;
    }

    boolean isUsable(long now) {
        return !closed && now - usableTo < 0;
    }

    /** Nothing of it can be used any more but what is out, or not even that. */
    boolean isDone(long now) {
        return !isUsable(now) || (left.requests() == 0 && out == 0);
    }

    boolean isOut() {
        return out > 0;
    }

    boolean take(QuotaAmount call) {
        if (!call.fits(left)) {
            return false;
        }
        left = left.minus(call);
        out++;
        return true;
    }

    /** False when it is too late. */
    boolean use(QuotaAmount call, long now) {
        if (!isUsable(now)) {
            return false;
        }
        out--;
        used = used.plus(call);
        lastUse = now;
        return true;
    }

    void giveBack(QuotaAmount call) {
        out--;
        left = left.plus(call);
    }

    /** Ends it, and says what became of it. */
    SpentGrant close() {
        closed = true;
        long by = used.none() ? 0 : Math.ceilDiv(lastUse - askedAt, MILLI);
        return new SpentGrant(number, by, used);
    }
}
