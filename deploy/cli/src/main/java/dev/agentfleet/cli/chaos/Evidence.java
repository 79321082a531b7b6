package dev.agentfleet.cli.chaos;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.agentfleet.cli.chaos.check.Verdict;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What is kept of a trial that broke something, beside the fleet's directory, which the next trial empties: verdicts, what
 * was sent and seen as a JSON object a line, the ledger, and every log.
 */
final class Evidence {

    /** Poison may hold halves of characters, which have no bytes of their own. */
    private static final ObjectWriter JSON = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private Evidence() {}

    /** Returns where it lies. */
    static Path keep(ChaosOptions options, History history, List<Verdict> verdicts) throws IOException {
        Path kept = Files.createDirectories(options.directory().resolve("evidence-" + options.seed()));
        Files.writeString(
                kept.resolve("verdicts.json"), JSON.withDefaultPrettyPrinter().writeValueAsString(verdicts));
        lines(kept.resolve("operations.ndjson"), history.sent());
        lines(kept.resolve("faults.ndjson"), history.strikes());
        lines(kept.resolve("drained.ndjson"), history.drained());
        lines(kept.resolve("requests.ndjson"), history.records().requests());
        lines(kept.resolve("assignments.ndjson"), history.records().assignments());
        lines(kept.resolve("reports.ndjson"), history.records().reports());
        lines(kept.resolve("events.ndjson"), history.records().events());
        lines(kept.resolve("dead-letters.ndjson"), history.records().deadLetters());
        lines(kept.resolve("poison.ndjson"), history.poison());
        if (Files.exists(options.ledger())) {
            Files.copy(options.ledger(), kept.resolve("ledger"), StandardCopyOption.REPLACE_EXISTING);
        }
        copy(options.directory().resolve("logs"), Files.createDirectories(kept.resolve("logs")));
        return kept;
    }

    private static void lines(Path file, List<?> values) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (Object value : values) {
                out.write(JSON.writeValueAsString(value));
                out.newLine();
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var logs = Files.list(from)) {
            for (Path log : logs.toList()) {
                Files.copy(log, to.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
