package dev.agentfleet.worker.agents.repair;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.worker.llm.Models;
import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.prompt.Question;
import dev.agentfleet.worker.prompt.Verdict;
import dev.agentfleet.worker.prompt.VersionedPrompt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Has a model edit files. Edits that do not match change nothing: the model is told once which ones, then the attempt fails;
 * another one may do better.
 */
@ApplicationScoped
public class RepairAgent implements Agent<RepairInput, RepairOutput> {

    private static final VersionedPrompt PROMPT = VersionedPrompt.of("repair", 1);

    private final Models models;

    public RepairAgent(Models models) {
        this.models = models;
    }

    @Override
    public String name() {
        return PROMPT.agent();
    }

    @Override
    public RepairOutput run(RepairInput input, AgentContext context) {
        var answer = new Question<>(PROMPT, json -> judge(json, input), "EDITS_DO_NOT_MATCH")
                .ask(models, input.choice(), values(input), context);
        var repaired = answer.value();
        return new RepairOutput(repaired.summary(), repaired.edits(), repaired.changed(), PROMPT.name(), answer.call());
    }

    private record Repaired(String summary, List<Edit> edits, ProjectFiles changed) {}

    private static Map<String, String> values(RepairInput input) {
        String nothing = "(none)\n";
        var fixed = new StringBuilder();
        new TreeSet<>(input.fixedOrNone())
                .forEach(path -> fixed.append("- ").append(path).append('\n'));
        return Map.of(
                "files", input.files().asText(),
                "diagnosis",
                        input.diagnosis() == null ? nothing : input.diagnosis().asText(),
                "report", input.report() == null ? nothing : input.report().asText(),
                "instructions",
                        Objects.requireNonNullElse(input.instructions(), nothing)
                                        .strip()
                                + '\n',
                "fixed", fixed.isEmpty() ? nothing : fixed.toString());
    }

    private static Verdict<Repaired> judge(JsonNode json, RepairInput input) {
        var edits = new ArrayList<Edit>();
        for (JsonNode edit : json.path("edits")) {
            edits.add(new Edit(
                    edit.path("file").asText(),
                    edit.path("find").asText(),
                    edit.path("replace").asText()));
        }
        return switch (new Edits(edits).applyTo(input.files(), input.fixedOrNone())) {
            case Edits.Result.Applied(ProjectFiles changed) ->
                new Verdict.Accepted<>(new Repaired(json.path("summary").asText(), List.copyOf(edits), changed));
            case Edits.Result.Mismatch(List<String> problems) ->
                new Verdict.Refused<>(
                        "None of these edits was applied:\n- " + String.join("\n- ", problems)
                                + "\nThe files are as they were. Answer again with the whole corrected JSON value.",
                        "The model's edits do not match, and none was applied: " + String.join("; ", problems));
        };
    }
}
