package dev.agentfleet.cli.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured for one scenario, in the words of {@code --json}. */
record Result(String scenario, String description, List<Row> rows, List<ProcessFigures> processes) {

    /**
     * One figure.
     *
     * @param value median of the rounds
     * @param warmUp of the rounds right after the processes started, which count for nothing else
     * @param baseline median of the rounds
     * @param ratio of the value to the baseline
     * @param met whether the value reaches {@code must}; null where none is set
     */
    record Row(
            String figure,
            Unit unit,
            double value,
            List<Double> rounds,
            List<Double> warmUp,
            double baseline,
            String beside,
            double ratio,
            @Nullable Double must,
            @Nullable Double aim,
            @Nullable Boolean met) {

        static Row of(Goal goal, List<Measured> rounds, List<Measured> warmUp) {
            List<Double> values = values(rounds);
            double value = median(values);
            double baseline = median(rounds.stream().map(Measured::baseline).toList());
            Double must = goal.must();
            return new Row(
                    goal.figure(),
                    goal.unit(),
                    value,
                    values,
                    values(warmUp),
                    baseline,
                    goal.beside(),
                    value / baseline,
                    must,
                    goal.aim(),
                    must == null ? null : goal.unit().meets(value, must));
        }

        private static List<Double> values(List<Measured> rounds) {
            return rounds.stream().map(Measured::value).toList();
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }
}
