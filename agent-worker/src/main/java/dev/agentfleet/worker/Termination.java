package dev.agentfleet.worker;

import io.quarkus.runtime.Quarkus;
import java.util.List;
import sun.misc.Signal;

/**
 * Turns SIGTERM and SIGINT into an orderly end with exit code 0; by itself a JVM would end with 143. A second signal
 * changes nothing: the worker is draining already, and SIGKILL is there for those in a hurry.
 */
final class Termination {

    private static volatile boolean requested;

    private Termination() {}

    static void onSignal() {
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), _ -> {
                requested = true;
                Quarkus.asyncExit(0);
            });
        }
    }

    /** Quarkus forgets a signal that came before it started to run; this repeats it. */
    static void repeatEarlySignal() {
        if (requested) {
            Quarkus.asyncExit(0);
        }
    }
}
