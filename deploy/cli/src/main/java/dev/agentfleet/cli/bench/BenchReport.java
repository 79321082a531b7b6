package dev.agentfleet.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.agentfleet.cli.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured.
 *
 * @param scale of the sizes; the goals are meant for 1
 * @param rounds asked for; a scenario that can only be taken once has one
 * @param processors of the machine, which everything shared
 */
public record BenchReport(double scale, int rounds, int processors, String java, List<Result> scenarios) {

    public static BenchReport of(double scale, int rounds, List<Result> results) {
        return new BenchReport(
                scale,
                rounds,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                List.copyOf(results));
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        var figures = new Table(
                "scenario", "figure", "median", "of", "cold", "must", "aim", "", "baseline", "ratio", "beside");
        var processes = new Table("scenario", "process", "heap MB", "CPU s");
        for (Result result : scenarios) {
            result.rows().forEach(row -> add(figures, result.scenario(), row));
            result.processes()
                    .forEach(each -> processes.row(
                            result.scenario(),
                            each.name(),
                            Objects.requireNonNullElse(each.heapMegabytes(), "-"),
                            number("%.1f", each.cpuSeconds())));
        }
        lines.addAll(figures.lines());
        lines.add("");
        lines.addAll(processes.lines());
        lines.add("");
        lines.add("of: so many rounds count, on " + processors
                + " processors, which broker, orchestrator, worker and this client shared; Java " + java);
        lines.add(
                "cold: the first round after the start; those of the median follow once two in a row are less than 10 % "
                        + "better than the best before; none where all rounds count");
        if (scale != 1) {
            lines.add("sizes times " + scale + ": the goals are not meant for them");
        }
        return lines;
    }

    public String json() {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Table table, String scenario, Result.Row row) {
        Unit unit = row.unit();
        Boolean met = row.met();
        table.row(
                scenario,
                row.figure(),
                unit.text(row.value()),
                row.rounds().size(),
                text(unit, row.warmUp().isEmpty() ? null : row.warmUp().getFirst()),
                text(unit, row.must()),
                text(unit, row.aim()),
                met == null ? "" : met ? "met" : "MISSED",
                unit.text(row.baseline()),
                number("%.3f", row.ratio()),
                row.beside());
    }

    private static String text(Unit unit, @Nullable Double value) {
        return value == null ? "-" : unit.text(value);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
