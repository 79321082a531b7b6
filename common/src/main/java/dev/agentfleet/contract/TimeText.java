package dev.agentfleet.contract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * ISO-8601 texts of times as {@link Instant} and {@link Duration} write them, without the formatter and the pattern behind
 * those, which took a tenth of the time in which messages and states are written and read (ADR 45).
 */
final class TimeText {

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private static final int NANO_DIGITS = 9;
    /** Of {@code 2026-01-02T03:04:05}. */
    private static final int TO_SECONDS = 19;
    /** So many digits are surely a {@code long}. */
    private static final int MOST_DIGITS = 18;

    private TimeText() {}

    /** As {@link Instant#toString}. */
    static String of(Instant time) {
        long second = time.getEpochSecond();
        if (second < FIRST || second > LAST) {
            return time.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
        int ofDay = (int) Math.floorMod(second, SECONDS_PER_DAY);
        StringBuilder text = new StringBuilder(TO_SECONDS + 1 + NANO_DIGITS + 1);
        digits(text, date.getYear(), 4);
        digits(text.append('-'), date.getMonthValue(), 2);
        digits(text.append('-'), date.getDayOfMonth(), 2);
        digits(text.append('T'), ofDay / 3600, 2);
        digits(text.append(':'), ofDay / 60 % 60, 2);
        digits(text.append(':'), ofDay % 60, 2);
        fraction(text, time.getNano());
        return text.append('Z').toString();
    }

    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.append('.');
        if (nanos % 1_000_000 == 0) {
            digits(text, nanos / 1_000_000, 3);
        } else if (nanos % 1000 == 0) {
            digits(text, nanos / 1000, 6);
        } else {
            digits(text, nanos, NANO_DIGITS);
        }
    }

    private static void digits(StringBuilder text, int number, int count) {
        int divisor = 1;
        for (int i = 1; i < count; i++) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            text.append((char) ('0' + number / divisor % 10));
        }
    }

    /** Reads {@code 2026-01-02T03:04:05Z}, with up to nine digits of a second's fraction; null for any other form. */
    static @Nullable Instant instant(String text) {
        int last = text.length() - 1;
        if (last < TO_SECONDS
                || text.charAt(last) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        long nanos = last == TO_SECONDS ? 0 : nanos(text, TO_SECONDS, last);
        long year = number(text, 0, 4);
        long month = number(text, 5, 7);
        long day = number(text, 8, 10);
        long hour = number(text, 11, 13);
        long minute = number(text, 14, 16);
        long second = number(text, 17, TO_SECONDS);
        if ((nanos | year | month | day | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long days = LocalDate.of((int) year, (int) month, (int) day).toEpochDay();
            return Instant.ofEpochSecond(days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second, nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Reads {@code PT1.5S}: seconds alone; null for any other form. */
    static @Nullable Duration duration(String text) {
        int last = text.length() - 1;
        if (last < 3 || !text.startsWith("PT") || text.charAt(last) != 'S') {
            return null;
        }
        int point = text.indexOf('.');
        int end = point < 0 ? last : point;
        long seconds = end - 2 > MOST_DIGITS ? -1 : number(text, 2, end);
        long nanos = point < 0 ? 0 : nanos(text, point, last);
        return seconds < 0 || nanos < 0 ? null : Duration.ofSeconds(seconds, nanos);
    }

    /** Nanoseconds of a point and one to nine digits; negative for anything else. */
    private static long nanos(String text, int point, int to) {
        int count = to - point - 1;
        if (text.charAt(point) != '.' || count > NANO_DIGITS) {
            return -1;
        }
        long nanos = number(text, point + 1, to);
        for (int i = count; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** The number of digits alone, at least one; negative for anything else. */
    private static long number(String text, int from, int to) {
        long number = from < to ? 0 : -1;
        for (int i = from; i < to && number >= 0; i++) {
            int digit = text.charAt(i) - '0';
            number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
        }
        return number;
    }
}
