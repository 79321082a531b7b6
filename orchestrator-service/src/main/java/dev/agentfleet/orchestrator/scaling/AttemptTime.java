package dev.agentfleet.orchestrator.scaling;

/**
 * How long attempts took, recent ones with more weight than old ones: sums that can be added up.
 *
 * @param attempts the weights of the attempts, added up
 * @param seconds the weights times the durations, added up
 */
public record AttemptTime(double attempts, double seconds) {

    public static final AttemptTime NONE = new AttemptTime(0, 0);

    public AttemptTime plus(AttemptTime other) {
        return new AttemptTime(attempts + other.attempts, seconds + other.seconds);
    }

    public AttemptTime times(double weight) {
        return new AttemptTime(attempts * weight, seconds * weight);
    }

    /** The mean in seconds. */
    double meanOr(double withoutAny) {
        return attempts > 0 ? seconds / attempts : withoutAny;
    }
}
