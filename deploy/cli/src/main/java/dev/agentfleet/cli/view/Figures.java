package dev.agentfleet.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Numbers and durations for people, the same in every locale. */
public final class Figures {
    private static final int SLOW = 10;

    private Figures() {}

    /** {@code 12,345}. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 12,345/s}, with one decimal below ten. */
    public static String rate(double perSecond) {
        return perSecond < SLOW
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : grouped(Math.round(perSecond)) + "/s";
    }

    /** {@code 850 ms}, {@code 4.2 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String duration(Duration duration) {
        if (duration.toSeconds() < 1) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() < 1
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /** {@code 93.7%}; rounded down, so that only all of it is 100.0%. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", Math.floor(share * 1_000) / 10);
    }

    /** {@code 3 tasks}, {@code 1 task}. */
    public static String count(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
