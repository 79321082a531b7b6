package dev.agentfleet.worker.agents.code;

import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.project.Texts;
import dev.agentfleet.worker.prompt.ModelChoice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code code} gets.
 *
 * @param model as its provider calls it
 * @param provider {@code anthropic}, {@code openai} or {@code recorded}; absent: the worker's {@code fleet.llm.provider}
 * @param description what is to be written
 * @param files that are there already
 * @param maxOutputTokens how long the answer may be; absent: 16,384
 */
public record CodeInput(
        String model,
        @Nullable String provider,
        String description,
        @Nullable ProjectFiles files,
        @Nullable Integer maxOutputTokens) {

    private static final int USUAL_TOKENS = 16_384;

    public CodeInput {
        Texts.requireSaid("description", description);
        var _ = ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
    }

    ModelChoice choice() {
        return ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
    }

    ProjectFiles filesOrNone() {
        return Objects.requireNonNullElse(files, ProjectFiles.NONE);
    }
}
