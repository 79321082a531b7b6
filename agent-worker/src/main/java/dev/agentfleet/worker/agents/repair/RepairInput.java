package dev.agentfleet.worker.agents.repair;

import dev.agentfleet.worker.project.Diagnosis;
import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.project.TestReport;
import dev.agentfleet.worker.project.Texts;
import dev.agentfleet.worker.prompt.ModelChoice;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code repair} gets.
 *
 * @param model as its provider calls it
 * @param provider {@code anthropic}, {@code openai} or {@code recorded}; absent: the worker's {@code fleet.llm.provider}
 * @param files of the project
 * @param diagnosis what is wrong, as {@code diagnostic} says it
 * @param report how the tests went: an output of {@code test}
 * @param instructions what else is to be heeded
 * @param fixed paths of files that must stay as they are, such as the tests
 * @param maxOutputTokens how long the answer may be; absent: 16,384
 */
public record RepairInput(
        String model,
        @Nullable String provider,
        ProjectFiles files,
        @Nullable Diagnosis diagnosis,
        @Nullable TestReport report,
        @Nullable String instructions,
        @Nullable Set<String> fixed,
        @Nullable Integer maxOutputTokens) {

    private static final int USUAL_TOKENS = 16_384;

    public RepairInput {
        fixed = fixed == null ? null : Set.copyOf(fixed);
        require(!files.isEmpty(), "files: must be at least one");
        require(
                diagnosis != null || report != null || instructions != null,
                "diagnosis: must be given, or report, or instructions");
        Texts.requireShort("instructions", instructions);
        for (String path : Objects.requireNonNullElse(fixed, Set.<String>of())) {
            require(files.text(path) != null, "fixed: each path must be one of files");
        }
        var _ = ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
    }

    ModelChoice choice() {
        return ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
    }

    Set<String> fixedOrNone() {
        return Objects.requireNonNullElse(fixed, Set.of());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
