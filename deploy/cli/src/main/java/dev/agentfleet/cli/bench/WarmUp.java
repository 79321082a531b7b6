package dev.agentfleet.cli.bench;

/**
 * Whether processes that have just started are warm: once two rounds in a row are not clearly better than the best before
 * them. Not thread-safe.
 */
final class WarmUp {
    private static final int MOST_ROUNDS = 12;
    private static final int ROUNDS_WITHOUT_GAIN = 2;
    private static final double CLEARLY = 1.1;

    private final Unit unit;
    private double best;
    private int rounds;
    private int withoutGain;

    WarmUp(Unit unit) {
        this.unit = unit;
    }

    boolean isOver() {
        return withoutGain == ROUNDS_WITHOUT_GAIN || rounds == MOST_ROUNDS;
    }

    /** @param value of one more round */
    void add(double value) {
        double gain = rounds == 0 ? Double.MAX_VALUE : unit.gain(best, value);
        rounds++;
        withoutGain = gain < CLEARLY ? withoutGain + 1 : 0;
        best = gain > 1 ? value : best;
    }
}
