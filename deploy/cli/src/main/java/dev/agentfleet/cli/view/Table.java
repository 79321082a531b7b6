package dev.agentfleet.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows in columns as wide as their widest cell; cells that are numbers stand right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    public Table row(Object... cells) {
        rows.add(List.of(cells).stream().map(Table::text).toList());
        return this;
    }

    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[at] =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            numbers[at] = rows.stream().skip(1).allMatch(row -> isNumber(row.get(at)));
        }
        return rows.stream().map(row -> line(row, widths, numbers)).toList();
    }

    @Override
    public String toString() {
        return lines().stream().collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(List<String> row, int[] widths, boolean[] numbers) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(numbers[column] ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    private static String text(Object cell) {
        return cell instanceof Number number ? Figures.grouped(number.longValue()) : OneLine.of(cell.toString());
    }

    private static boolean isNumber(String cell) {
        return !cell.isEmpty() && cell.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ',');
    }
}
