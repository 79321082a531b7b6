package dev.agentfleet.worker.agents.diagnostic;

import dev.agentfleet.worker.project.Diagnosis;
import dev.agentfleet.worker.prompt.ModelCall;

/**
 * What {@code diagnostic} returns.
 *
 * @param diagnosis as {@code repair} takes it
 * @param prompt the version of the prompt
 * @param call what the answer took
 */
public record DiagnosticOutput(Diagnosis diagnosis, String prompt, ModelCall call) {}
