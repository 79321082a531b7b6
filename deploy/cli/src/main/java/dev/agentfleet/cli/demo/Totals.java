package dev.agentfleet.cli.demo;

import dev.agentfleet.cli.view.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sums over all files, and over the files of each kind. */
final class Totals {
    private static final int SHOWN_KINDS = 8;

    private final Map<String, Sum> kinds = new TreeMap<>();
    private final List<String> checksums = new ArrayList<>();

    /** Sums over some files. */
    record Sum(long files, long lines, long words, long bytes) {
        static final Sum ZERO = new Sum(0, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(files + other.files, lines + other.lines, words + other.words, bytes + other.bytes);
        }
    }

    void add(Path file, FileCount count) {
        kinds.merge(kind(file), new Sum(1, count.lines(), count.words(), count.bytes()), Sum::plus);
        checksums.add(count.sha256());
    }

    Sum all() {
        return kinds.values().stream().reduce(Sum.ZERO, Sum::plus);
    }

    /** SHA-256 over the files' sums, sorted, each in the form the tool prints for standard input. */
    String checksum() {
        String lines = checksums.stream().sorted().map(sum -> sum + "  -\n").collect(Collectors.joining());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Table table() {
        var table = new Table("kind", "files", "lines", "words", "bytes");
        var largest = kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingLong(Sum::files).reversed()))
                .toList();
        largest.stream().limit(SHOWN_KINDS).forEach(kind -> row(table, kind.getKey(), kind.getValue()));
        if (largest.size() > SHOWN_KINDS) {
            row(
                    table,
                    "others",
                    largest.stream().skip(SHOWN_KINDS).map(Map.Entry::getValue).reduce(Sum.ZERO, Sum::plus));
        }
        row(table, "TOTAL", all());
        return table;
    }

    private static void row(Table table, String kind, Sum sum) {
        table.row(kind, sum.files(), sum.lines(), sum.words(), sum.bytes());
    }

    private static String kind(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 && dot < name.length() - 1 && name.length() - dot <= 12 ? name.substring(dot) : "(none)";
    }
}
