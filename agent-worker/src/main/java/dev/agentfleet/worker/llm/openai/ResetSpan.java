package dev.agentfleet.worker.llm.openai;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Spans as OpenAI's rate headers write them: {@code 1s}, {@code 6m0s}, {@code 20ms}, {@code 1h2m3.5s}. */
final class ResetSpan {

    private static final Pattern SPAN = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|[dhms]))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|[dhms])");

    private ResetSpan() {}

    /** Null when it is written in another way. */
    static @Nullable Duration parse(String text) {
        if (!SPAN.matcher(text).matches()) {
            return null;
        }
        double seconds = 0;
        var parts = PART.matcher(text);
        while (parts.find()) {
            seconds += Double.parseDouble(parts.group(1)) * unit(parts.group(2));
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static double unit(String name) {
        return switch (name) {
            case "d" -> 86_400;
            case "h" -> 3_600;
            case "m" -> 60;
            case "s" -> 1;
            default -> 1e-3;
        };
    }
}
