package dev.agentfleet.worker.agents.code;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.worker.llm.Models;
import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.prompt.Question;
import dev.agentfleet.worker.prompt.Verdict;
import dev.agentfleet.worker.prompt.VersionedPrompt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** Has a model write files. */
@ApplicationScoped
public class CodeAgent implements Agent<CodeInput, CodeOutput> {

    private static final VersionedPrompt PROMPT = VersionedPrompt.of("code", 1);

    private final Models models;

    public CodeAgent(Models models) {
        this.models = models;
    }

    @Override
    public String name() {
        return PROMPT.agent();
    }

    @Override
    public CodeOutput run(CodeInput input, AgentContext context) {
        var answer = new Question<>(PROMPT, json -> judge(json, input.filesOrNone()), "FILES_UNUSABLE")
                .ask(
                        models,
                        input.choice(),
                        Map.of(
                                "description",
                                input.description(),
                                "files",
                                input.filesOrNone().asText()),
                        context);
        var written = answer.value().files().texts().keySet();
        var known = input.filesOrNone().texts().keySet();
        return new CodeOutput(
                answer.value().summary(),
                answer.value().files(),
                written.stream().filter(path -> !known.contains(path)).toList(),
                written.stream().filter(known::contains).toList(),
                PROMPT.name(),
                answer.call());
    }

    /**
     * What a model wrote.
     *
     * @param files that differ from what was there
     */
    private record Written(String summary, ProjectFiles files) {}

    private static Verdict<Written> judge(JsonNode json, ProjectFiles there) {
        var written = new TreeMap<String, String>();
        for (JsonNode file : json.path("files")) {
            String path = file.path("path").asText();
            if (written.putIfAbsent(path, file.path("content").asText()) != null) {
                return refused("files: a path must not be there twice");
            }
        }
        written.entrySet().removeIf(file -> file.getValue().equals(there.text(file.getKey())));
        if (written.isEmpty()) {
            return refused("files: at least one must be new or different");
        }
        try {
            var files = new ProjectFiles(written);
            // Together they must still be a project that fits into a task.
            var _ = there.with(written);
            return new Verdict.Accepted<>(new Written(json.path("summary").asText(), files));
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static Verdict<Written> refused(String rule) {
        return new Verdict.Refused<>(
                "These files cannot be taken: " + rule + ". Answer again with the whole corrected JSON value.",
                "The model's files cannot be taken: " + rule);
    }
}
