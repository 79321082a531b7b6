package dev.agentfleet.cli.demo.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.submit.RunNames;
import dev.agentfleet.cli.submit.RunTemplate;
import dev.agentfleet.cli.submit.Submitter;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.OneLine;
import dev.agentfleet.cli.view.RunText;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.cli.watch.RunWatch;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Submits runs of one task each, and waits for what comes of them. */
final class SingleTask {
    private static final Duration ADMISSION = Duration.ofSeconds(30);
    private static final RunOptions OPTIONS =
            new RunOptions(null, Duration.ofMinutes(3), null, Duration.ofMinutes(15), null, null);

    private final FleetApi api;
    private final Terminal terminal;
    private final Time time;

    SingleTask(FleetApi api, Terminal terminal, Time time) {
        this.api = api;
        this.terminal = terminal;
        this.time = time;
    }

    Step run(String agent, JsonNode input) throws IOException, InterruptedException {
        RunId id = RunNames.fresh("repair-" + agent, time.instant());
        var payload = new Payload(json(input));
        var run = new SubmitRun(id, agent, payload, null, null, null, null);
        var _ = new Submitter(api, terminal, time).submit(run, new RunTemplate(id, null, null, OPTIONS));
        var _ = new RunWatch(api, terminal, time, ADMISSION, false).toItsEnd(id);
        TaskOutcome outcome;
        try (var outcomes = api.outcomes(id, null)) {
            String line = new String(outcomes.readAllBytes(), StandardCharsets.UTF_8).strip();
            outcome = Json.read(line.getBytes(StandardCharsets.UTF_8), TaskOutcome.class);
        }
        String after = outcome.duration() == null ? "" : " after " + Figures.duration(outcome.duration());
        terminal.line("   run " + id + ": " + outcome.status() + after
                + (outcome.attempts() == 1 ? "" : ", " + outcome.attempts() + " attempts"));
        if (outcome.failure() != null) {
            terminal.line("   " + OneLine.of(RunText.failure(outcome.failure())));
        }
        Payload output = outcome.output();
        return new Step(output == null ? null : Json.mapper().readTree(output.json()), outcome.cost());
    }

    private static String json(JsonNode input) {
        try {
            return Json.mapper().writeValueAsString(input);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
