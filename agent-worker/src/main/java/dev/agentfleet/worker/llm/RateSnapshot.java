package dev.agentfleet.worker.llm;

import dev.agentfleet.contract.QuotaAmount;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the provider said of its rate limits with a response; a window it did not speak of is {@link Window#UNKNOWN}. */
public record RateSnapshot(Window requests, Window tokens, Window inputTokens, Window outputTokens) {

    public static final RateSnapshot NONE =
            new RateSnapshot(Window.UNKNOWN, Window.UNKNOWN, Window.UNKNOWN, Window.UNKNOWN);

    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * What is left, as the quotas of the fleet are told; where one window holds all tokens, of that. Counted until the last of
     * them is full again. Null: it said nothing.
     */
    dev.agentfleet.contract.@Nullable RateSnapshot left() {
        Window sent = inputTokens.remaining() == null ? tokens : inputTokens;
        var spoken = Stream.of(requests, sent, outputTokens)
                .filter(window -> window.remaining() != null)
                .toList();
        if (spoken.isEmpty()) {
            return null;
        }
        Duration reset = spoken.stream()
                .map(Window::resetsIn)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(RateSnapshot::bounded)
                .orElse(null);
        return new dev.agentfleet.contract.RateSnapshot(requests.left(), sent.left(), outputTokens.left(), reset);
    }

    private static Duration bounded(Duration reset) {
        return reset.isNegative() ? Duration.ZERO : reset.compareTo(LONGEST) > 0 ? LONGEST : reset;
    }

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

        private @Nullable Long left() {
            return remaining == null ? null : Math.clamp(remaining, 0, QuotaAmount.MOST);
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
