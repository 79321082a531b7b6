package dev.agentfleet.cli.bench;

import java.util.Locale;

/** What a figure is counted in, and whether more of it is better. */
public enum Unit {
    PER_SECOND("/s", true, "%,.0f"),
    SECONDS(" s", false, "%.2f"),
    MILLIS(" ms", false, "%.1f"),
    MEGABYTES(" MB", false, "%,.0f"),
    COUNT("", false, "%,.0f"),
    SHARE("", true, "%.2f");

    private final String suffix;
    private final boolean moreIsBetter;
    private final String format;

    Unit(String suffix, boolean moreIsBetter, String format) {
        this.suffix = suffix;
        this.moreIsBetter = moreIsBetter;
        this.format = format;
    }

    boolean meets(double value, double goal) {
        return moreIsBetter ? value >= goal : value <= goal;
    }

    /** How many times better the second is. */
    double gain(double value, double other) {
        return moreIsBetter ? other / value : value / other;
    }

    String text(double value) {
        return String.format(Locale.ROOT, format, value) + suffix;
    }
}
