package dev.agentfleet.worker.agents.repair;

import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.prompt.ModelCall;
import java.util.List;

/**
 * What {@code repair} returns.
 *
 * @param summary what was changed and why, in the model's words
 * @param edits all of them, applied
 * @param files the changed ones, whole
 * @param prompt the version of the prompt
 * @param call what the answer took
 */
public record RepairOutput(String summary, List<Edit> edits, ProjectFiles files, String prompt, ModelCall call) {}
