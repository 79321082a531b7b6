package dev.agentfleet.orchestrator.quota;

import java.time.Duration;

/**
 * The spans that all lanes share, in milliseconds.
 *
 * @param window a limit holds in any window of this length
 * @param validFor permits may be used for so long after they were asked for
 * @param slack how long a call may be on its way to the provider
 * @param ramp how long a lane that was held takes to be wholly open again
 * @param hold how long a lane is held whose provider does not say for how long
 */
public record QuotaRules(long window, long validFor, long slack, long ramp, long hold) {

    /** The longest that any provider can have a lane held. */
    public static final long MOST_HOLD = Duration.ofMinutes(15).toMillis();

    private static final int SPANS = 120;
    private static final int PLACES = 15;
    private static final long LEAST_PLACE = 400;
    private static final long MOST_PLACE = 4_000;

    public QuotaRules {
        require(window >= SPANS, "window", window, "must be at least PT0.12S");
        require(
                validFor > 0 && validFor <= window,
                "permit-validity",
                validFor,
                "must be above zero, up to the window");
        require(slack >= 0 && slack < window, "arrival-slack", slack, "must be at least zero, below the window");
        require(ramp >= 0, "ramp", ramp, "must be at least zero");
        require(hold > 0 && hold <= MOST_HOLD, "hold", hold, "must be above zero, up to PT15M");
    }

    public static QuotaRules of(Duration window, Duration validFor, Duration slack, Duration ramp, Duration hold) {
        return new QuotaRules(
                window.toMillis(), validFor.toMillis(), slack.toMillis(), ramp.toMillis(), hold.toMillis());
    }

    /** What is used is kept in spans of this length, and counted as if at the end of one. */
    long span() {
        return window / SPANS;
    }

    /** The end of the span that holds the time. */
    long spanEnd(long time) {
        return Math.ceilDiv(time, span()) * span();
    }

    /** How long a worker that got nothing keeps its place before others while it does not ask again. */
    long place() {
        return Math.clamp(window / PLACES, LEAST_PLACE, MOST_PLACE);
    }

    private static void require(boolean holds, String key, long millis, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("fleet.quota." + key + ": '" + Duration.ofMillis(millis) + "' " + rule);
        }
    }
}
