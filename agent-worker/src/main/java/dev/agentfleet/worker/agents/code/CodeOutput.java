package dev.agentfleet.worker.agents.code;

import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.prompt.ModelCall;
import java.util.List;

/**
 * What {@code code} returns.
 *
 * @param summary what was done, in the model's words
 * @param files that are new or different, whole
 * @param created the paths of those that are new
 * @param changed the paths of those that were there
 * @param prompt the version of the prompt
 * @param call what the answer took
 */
public record CodeOutput(
        String summary,
        ProjectFiles files,
        List<String> created,
        List<String> changed,
        String prompt,
        ModelCall call) {}
