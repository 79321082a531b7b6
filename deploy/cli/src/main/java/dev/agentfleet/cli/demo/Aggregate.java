package dev.agentfleet.cli.demo;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The outcomes of the demo's run, added up. */
final class Aggregate {
    private final List<Path> files;
    private final Totals totals = new Totals();
    private final Map<String, Integer> workers = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    private Aggregate(List<Path> files) {
        this.files = files;
    }

    static Aggregate of(FleetApi api, RunId run, List<Path> files) throws IOException, InterruptedException {
        var aggregate = new Aggregate(files);
        try (var lines = new BufferedReader(new InputStreamReader(api.outcomes(run, null), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    aggregate.add(Json.read(line.getBytes(StandardCharsets.UTF_8), TaskOutcome.class));
                }
            }
        }
        return aggregate;
    }

    Totals totals() {
        return totals;
    }

    /** Tasks done, by worker. */
    Map<String, Integer> workers() {
        return workers;
    }

    /** One line per file that was not counted. */
    List<String> failures() {
        return failures;
    }

    private void add(TaskOutcome outcome) {
        Path file = files.get(outcome.taskId().index());
        workers.merge(outcome.workerId() == null ? "(none)" : outcome.workerId(), 1, Integer::sum);
        Optional<FileCount> count = outcome.output() == null ? Optional.empty() : FileCount.of(outcome.output());
        count.ifPresentOrElse(found -> totals.add(file, found), () -> failures.add(file + ": " + why(outcome)));
    }

    private static String why(TaskOutcome outcome) {
        return outcome.failure() == null
                ? outcome.status() + " without counts"
                : outcome.failure().code() + ": " + outcome.failure().reason();
    }
}
