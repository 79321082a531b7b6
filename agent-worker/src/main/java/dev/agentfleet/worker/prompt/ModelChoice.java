package dev.agentfleet.worker.prompt;

import dev.agentfleet.worker.llm.Provider;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which model a task wants asked.
 *
 * @param model as its provider calls it
 * @param provider null: the worker's usual one
 * @param maxOutputTokens how long an answer may be
 */
public record ModelChoice(String model, @Nullable Provider provider, int maxOutputTokens) {

    private static final int MAX_NAME = 200;
    private static final int MOST_TOKENS = 1_000_000;

    /**
     * From what a task says. Throws {@link IllegalArgumentException} that names field, value and rule.
     *
     * @param usual length of an answer where the task names none
     */
    public static ModelChoice of(
            String model, @Nullable String provider, @Nullable Integer maxOutputTokens, int usual) {
        require(
                !model.isBlank() && model.length() <= MAX_NAME,
                "model: '" + shortened(model) + "' must be 1 to " + MAX_NAME + " characters");
        int tokens = maxOutputTokens == null ? usual : maxOutputTokens;
        require(tokens >= 1 && tokens <= MOST_TOKENS, "maxOutputTokens: '" + tokens + "' must be 1 to " + MOST_TOKENS);
        return new ModelChoice(model, provider == null ? null : provider(provider), tokens);
    }

    private static Provider provider(String text) {
        return Arrays.stream(Provider.values())
                .filter(provider -> provider.tag().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("provider: '" + shortened(text) + "' must be one of "
                        + Arrays.stream(Provider.values()).map(Provider::tag).collect(Collectors.joining(", "))));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "…";
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
