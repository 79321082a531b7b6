package dev.agentfleet.worker.llm;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the provider said of its rate limits with a response; a window it did not speak of is {@link Window#UNKNOWN}. */
public record RateSnapshot(Window requests, Window tokens, Window inputTokens, Window outputTokens) {

    public static final RateSnapshot NONE =
            new RateSnapshot(Window.UNKNOWN, Window.UNKNOWN, Window.UNKNOWN, Window.UNKNOWN);

    /**
     * One limit.
     *
     * @param limit per window
     * @param remaining of it
     * @param resetsIn until it is full again, counted from the response
     */
    public record Window(
            @Nullable Long limit,
            @Nullable Long remaining,
            @Nullable Duration resetsIn) {

        public static final Window UNKNOWN = new Window(null, null, null);

        /** From the texts of three headers, each of them absent or unreadable if it likes. */
        public static Window of(
                @Nullable String limit,
                @Nullable String remaining,
                @Nullable String reset,
                Function<String, @Nullable Duration> resetOf) {
            return new Window(number(limit), number(remaining), reset == null ? null : resetOf.apply(reset));
        }

        private static @Nullable Long number(@Nullable String text) {
            try {
                return text == null ? null : Long.valueOf(text.strip());
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }
}
