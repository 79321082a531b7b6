package dev.agentfleet.worker.llm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits that a provider's headers ask for. A point in time is measured from the response's own {@code date}: no clock of ours matters. */
public final class RetryAfter {

    private static final double MAX_SECONDS = Duration.ofDays(365).toSeconds();

    private RetryAfter() {}

    /** From {@code retry-after-ms} or {@code retry-after}; null when neither can be read. */
    public static @Nullable Duration of(Function<String, @Nullable String> header) {
        Duration exact = seconds(header.apply("retry-after-ms"), 1e-3);
        if (exact != null) {
            return exact;
        }
        String text = header.apply("retry-after");
        Duration wait = seconds(text, 1);
        return wait != null || text == null
                ? wait
                : until(text, DateTimeFormatter.RFC_1123_DATE_TIME, header.apply("date"));
    }

    /** Until a point in time as Anthropic writes it. */
    public static @Nullable Duration untilInstant(String text, @Nullable String date) {
        return until(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME, date);
    }

    private static @Nullable Duration until(String text, DateTimeFormatter format, @Nullable String date) {
        if (date == null) {
            return null;
        }
        try {
            TemporalAccessor then = format.parse(text.strip());
            var now = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return notNegative(Duration.between(now, ZonedDateTime.from(then)));
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Duration seconds(@Nullable String text, double unit) {
        try {
            double value = text == null ? Double.NaN : Double.parseDouble(text.strip()) * unit;
            return Double.isNaN(value)
                    ? null
                    : notNegative(Duration.ofNanos((long) (Math.min(value, MAX_SECONDS) * 1e9)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Duration notNegative(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
