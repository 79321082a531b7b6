package dev.agentfleet.worker.sandbox;

import java.nio.file.Path;
import java.util.List;

/** The name of a file below a directory, with / between its parts, that leads nowhere else. */
final class RelativeName {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_PART = 255;

    private final List<String> parts;

    private RelativeName(List<String> parts) {
        this.parts = parts;
    }

    /** Throws {@link IllegalArgumentException} that names the field. */
    static RelativeName of(String field, String name) {
        var parts = List.of(name.split("/", -1));
        boolean holds = name.length() <= MAX_LENGTH
                && name.indexOf('\0') < 0
                && parts.stream().allMatch(part -> !part.isEmpty() && part.length() <= MAX_PART)
                && !parts.contains(".")
                && !parts.contains("..");
        if (!holds) {
            throw new IllegalArgumentException(
                    field + " must be a relative path of at most " + MAX_LENGTH + " characters without . and ..");
        }
        return new RelativeName(parts);
    }

    /** All but the last. */
    List<Path> directories() {
        return parts.subList(0, parts.size() - 1).stream().map(Path::of).toList();
    }

    Path last() {
        return Path.of(parts.getLast());
    }

    Path below(Path directory) {
        return directory.resolve(String.join("/", parts));
    }
}
