package dev.agentfleet.worker.agents.diagnostic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.Json;
import dev.agentfleet.worker.llm.Models;
import dev.agentfleet.worker.project.Diagnosis;
import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.project.Suspect;
import dev.agentfleet.worker.prompt.Question;
import dev.agentfleet.worker.prompt.Verdict;
import dev.agentfleet.worker.prompt.VersionedPrompt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Has a model find out why tests fail. */
@ApplicationScoped
public class DiagnosticAgent implements Agent<DiagnosticInput, DiagnosticOutput> {

    private static final VersionedPrompt PROMPT = VersionedPrompt.of("diagnostic", 1);

    private final Models models;

    public DiagnosticAgent(Models models) {
        this.models = models;
    }

    @Override
    public String name() {
        return PROMPT.agent();
    }

    @Override
    public DiagnosticOutput run(DiagnosticInput input, AgentContext context) {
        var answer = new Question<>(PROMPT, json -> judge(json, input.files()), "DIAGNOSIS_UNUSABLE")
                .ask(
                        models,
                        input.choice(),
                        Map.of(
                                "files", input.files().numbered(),
                                "report", input.report().asText()),
                        context);
        return new DiagnosticOutput(answer.value(), PROMPT.name(), answer.call());
    }

    private static Verdict<Diagnosis> judge(JsonNode json, ProjectFiles files) {
        Diagnosis diagnosis;
        try {
            diagnosis = Json.mapper().treeToValue(json, Diagnosis.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // The schema lets nothing through that is no diagnosis, but may not know every length.
            return refused("it must be a diagnosis, with each text within its length");
        }
        for (Suspect suspect : diagnosis.suspects()) {
            String text = files.text(suspect.file());
            if (text == null) {
                return refused("each suspect's file must be one of the project's");
            }
            if (suspect.line() != null
                    && suspect.line() > Math.max(1, text.lines().count())) {
                return refused("each suspect's line must be one of its file");
            }
        }
        return new Verdict.Accepted<>(diagnosis);
    }

    private static Verdict<Diagnosis> refused(String rule) {
        return new Verdict.Refused<>(
                "This answer cannot be taken: " + rule + ". Answer again with the whole corrected JSON value.",
                "The model's diagnosis cannot be taken: " + rule);
    }
}
