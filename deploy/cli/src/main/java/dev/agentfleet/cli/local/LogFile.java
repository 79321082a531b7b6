package dev.agentfleet.cli.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The output of one start of a child; that of the start before is kept beside it. */
record LogFile(Path path) {
    private static final int HEAD = 256 * 1024;
    private static final int TAIL = 8 * 1024;

    static LogFile fresh(Path path) throws IOException {
        if (Files.exists(path)) {
            Path former = path.resolveSibling(path.getFileName() + ".1");
            Files.move(path, former, StandardCopyOption.REPLACE_EXISTING);
        }
        return new LogFile(path);
    }

    /** The first group of the first match near the beginning. */
    Optional<String> find(Pattern pattern) {
        var matcher = pattern.matcher(read(0, HEAD));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    List<String> lastLines(int number) {
        List<String> lines =
                read(Math.max(0, path.toFile().length() - TAIL), TAIL).lines().toList();
        return lines.subList(Math.max(0, lines.size() - number), lines.size());
    }

    private String read(long from, int most) {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) Math.min(most, Math.max(0, file.length() - from))];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
