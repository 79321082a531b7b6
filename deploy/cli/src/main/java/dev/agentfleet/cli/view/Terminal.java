package dev.agentfleet.cli.view;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Where a command writes. Answers go to {@code out}; progress and complaints to {@code err}, so that a pipe holds answers only.
 *
 * @param interactive whether a person watches: lines may be drawn over
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
    private static final int STDERR = 2;
    private static final String ERASE_LINE = "\r\033[K";

    /** The process's own streams. */
    public static Terminal of(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, isWatched());
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public void note(String text) {
        err.println(text);
        err.flush();
    }

    /** Draws over the last drawn text; only for an interactive terminal. */
    public void draw(String text) {
        err.print(ERASE_LINE + text);
        err.flush();
    }

    /** Removes what was drawn. */
    public void erase() {
        if (interactive) {
            draw("");
        }
    }

    private static boolean isWatched() {
        Console console = System.console();
        return isTerminalDevice(STDERR) || (console != null && console.isTerminal());
    }

    /** {@link Console} wants standard input to be a terminal too, which it is not behind a pipe. */
    private static boolean isTerminalDevice(int descriptor) {
        try {
            String device = Path.of("/proc/self/fd/" + descriptor).toRealPath().toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
