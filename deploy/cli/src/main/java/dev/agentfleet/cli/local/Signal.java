package dev.agentfleet.cli.local;

import java.io.IOException;

/** Signals to a child, as {@code kill} sends them; {@link Child} itself knows only how to end one. */
public enum Signal {
    /** Asks the process to end; unlike a stop, its death is reported. */
    TERMINATE("TERM"),
    /** Has a JVM write into its log what each thread is doing. */
    SHOW_THREADS("QUIT"),
    /** Halts every thread of the process until {@link #CONTINUE}; it cannot be caught. */
    PAUSE("STOP"),
    CONTINUE("CONT");

    private final String name;

    Signal(String name) {
        this.name = name;
    }

    void send(long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .redirectErrorStream(true)
                .start();
        kill.getOutputStream().close();
        if (kill.waitFor() != 0) {
            throw new LocalFleetException("process " + pid + " could not be sent SIG" + name);
        }
    }
}
