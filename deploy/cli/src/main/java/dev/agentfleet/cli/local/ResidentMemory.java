package dev.agentfleet.cli.local;

import java.io.IOException;

/** What a child holds of the machine's memory, within its heap and outside. */
public final class ResidentMemory {
    private static final long KILOBYTES = 1024;

    private ResidentMemory() {}

    public static long megabytes(Child child) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(child.pid())).start();
        try (var answer = ps.inputReader()) {
            String kilobytes = answer.readLine();
            if (ps.waitFor() != 0 || kilobytes == null) {
                throw new LocalFleetException("ps says nothing of " + child.name());
            }
            return Long.parseLong(kilobytes.strip()) / KILOBYTES;
        }
    }
}
