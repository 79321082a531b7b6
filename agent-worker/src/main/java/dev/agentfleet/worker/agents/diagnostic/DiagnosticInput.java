package dev.agentfleet.worker.agents.diagnostic;

import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.project.TestReport;
import dev.agentfleet.worker.prompt.ModelChoice;
import org.jspecify.annotations.Nullable;

/**
 * What {@code diagnostic} gets.
 *
 * @param model as its provider calls it
 * @param provider {@code anthropic}, {@code openai} or {@code recorded}; absent: the worker's {@code fleet.llm.provider}
 * @param files of the project
 * @param report how its tests went: an output of {@code test}
 * @param maxOutputTokens how long the answer may be; absent: 4,096
 */
public record DiagnosticInput(
        String model,
        @Nullable String provider,
        ProjectFiles files,
        TestReport report,
        @Nullable Integer maxOutputTokens) {

    private static final int USUAL_TOKENS = 4_096;

    public DiagnosticInput {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files: must be at least one");
        }
        var _ = ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
    }

    ModelChoice choice() {
        return ModelChoice.of(model, provider, maxOutputTokens, USUAL_TOKENS);
    }
}
