package dev.agentfleet.cli.demo;

import java.nio.file.Path;
import java.util.List;

/** Shell commands that compute the demo's totals without the fleet. */
final class CheckCommands {
    private static final String FIND =
            "find . -type d \\( -name .git -o -name target -o -name .fleet \\) -prune" + " -o -type f -print0";

    private final String names;
    private final String checksum;

    /**
     * @param list file with the names, each ended by NUL, for a set of files that {@code find} would not find
     * @param checksum the tool that prints SHA-256 sums here
     */
    CheckCommands(DemoFiles files, Path list, String checksum) {
        this.names = "cd " + quoted(files.root()) + " && " + (files.complete() ? FIND : "cat " + quoted(list));
        this.checksum = checksum;
    }

    /** One prints files, lines, words and bytes, the other the checksum. */
    List<String> lines() {
        return List.of(
                "(" + names + " | LC_ALL=C xargs -0 sh -c 'for f; do wc -lwc <\"$f\"; done' sh"
                        + " | awk '{l+=$1; w+=$2; b+=$3} END {print NR, l, w, b}')",
                "(" + names + " | xargs -0 sh -c 'for f; do " + checksum + " <\"$f\"; done' sh" + " | LC_ALL=C sort | "
                        + checksum + ")");
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
