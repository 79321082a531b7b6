package dev.agentfleet.cli.bench;

/**
 * Whether processes that have just started are warm: once a round is no longer clearly better than the best before it. Not
 * thread-safe.
 */
final class WarmUp {
    private static final int MOST_ROUNDS = 10;
    private static final double CLEARLY = 1.1;

    private final Unit unit;
    private double best;
    private int rounds;
    private boolean over;

    WarmUp(Unit unit) {
        this.unit = unit;
    }

    boolean isOver() {
        return over;
    }

    /** @param value of one more round */
    void add(double value) {
        rounds++;
        over = rounds == MOST_ROUNDS || rounds > 1 && unit.gain(best, value) < CLEARLY;
        best = rounds == 1 || unit.gain(best, value) > 1 ? value : best;
    }
}
