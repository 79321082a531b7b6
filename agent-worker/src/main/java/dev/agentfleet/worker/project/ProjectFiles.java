package dev.agentfleet.worker.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts by their relative paths, as a JSON object. Few enough to travel within a task.
 *
 * @param texts in the order of their paths
 */
public record ProjectFiles(@JsonValue SortedMap<String, String> texts) {

    private static final int MOST_FILES = 200;
    /** Leaves room in a task, and in an output that holds them once more. */
    private static final int MOST_BYTES = 200_000;

    private static final int LONGEST_PATH = 255;
    private static final Pattern UNUSUAL = Pattern.compile("[\\p{Cntrl}\\\\\"<>]");

    public static final ProjectFiles NONE = new ProjectFiles(new TreeMap<>());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        require(texts.size() <= MOST_FILES, texts.size() + " files must be at most " + MOST_FILES);
        texts.keySet().forEach(path -> {
            String problem = problemOf(path);
            require(problem == null, problem);
        });
        int bytes = texts.values().stream().mapToInt(ProjectFiles::bytes).sum();
        require(bytes <= MOST_BYTES, bytes + " bytes in all must be at most " + MOST_BYTES);
        for (String path : texts.keySet()) {
            requireNoFileAbove(path, texts);
        }
    }

    /** What is wrong with a path; null when nothing is. */
    public static @Nullable String problemOf(String path) {
        var parts = List.of(path.split("/", -1));
        boolean holds = path.length() <= LONGEST_PATH
                && !UNUSUAL.matcher(path).find()
                && parts.stream().noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        return holds
                ? null
                : "path '" + UNUSUAL.matcher(shortened(path)).replaceAll("?")
                        + "' must be relative, of at most " + LONGEST_PATH
                        + " characters, without ., .., \\, quotes, < and > and control characters";
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    public @Nullable String text(String path) {
        return texts.get(path);
    }

    /** These, with others added or put in their places. Throws {@link IllegalArgumentException} when that is too much. */
    public ProjectFiles with(Map<String, String> others) {
        var all = new TreeMap<>(texts);
        all.putAll(others);
        return new ProjectFiles(all);
    }

    /** For a prompt: each file as it is. */
    public String asText() {
        var text = new StringBuilder();
        texts.forEach((path, content) -> append(text, path, content));
        return text.isEmpty() ? "(no files)\n" : text.toString();
    }

    /** For a prompt: each file with the numbers of its lines. */
    public String numbered() {
        var text = new StringBuilder();
        texts.forEach((path, content) -> {
            var lines = new StringBuilder();
            int number = 0;
            for (String line : content.lines().toList()) {
                number++;
                lines.append(number).append(": ").append(line).append('\n');
            }
            append(text, path, lines.toString());
        });
        return text.isEmpty() ? "(no files)\n" : text.toString();
    }

    private static void append(StringBuilder text, String path, String content) {
        text.append("<file path=\"").append(path).append("\">\n").append(content);
        if (!content.endsWith("\n")) {
            text.append('\n');
        }
        text.append("</file>\n");
    }

    private static void requireNoFileAbove(String path, SortedMap<String, String> texts) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            require(!texts.containsKey(above), "path '" + path + "' must not lie below the file '" + above + "'");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
    }

    private static void require(boolean holds, @Nullable String rule) {
        if (!holds) {
            throw new IllegalArgumentException("files: " + rule);
        }
    }

    /** Names alone. */
    @Override
    public String toString() {
        return "ProjectFiles" + texts.keySet();
    }
}
