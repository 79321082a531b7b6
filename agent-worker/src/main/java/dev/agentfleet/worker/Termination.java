package dev.agentfleet.worker;

import io.quarkus.runtime.Quarkus;
import java.util.List;
import sun.misc.Signal;

/**
 * Turns SIGTERM and SIGINT into an orderly end with exit code 0; by itself a JVM would end with 143. A second signal says
 * that there is no time left to let attempts finish.
 */
final class Termination {

    private static int signals;
    private static Runnable onSecond = () -> {};

    private Termination() {}

    static void onSignal() {
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), _ -> signalled());
        }
    }

    private static void signalled() {
        Runnable next;
        synchronized (Termination.class) {
            signals++;
            next = signals == 1 ? () -> Quarkus.asyncExit(0) : onSecond;
        }
        next.run();
    }

    /** What a second signal is to do; at once if it has come already. */
    static void onSecondSignal(Runnable action) {
        boolean late;
        synchronized (Termination.class) {
            onSecond = action;
            late = signals > 1;
        }
        if (late) {
            action.run();
        }
    }

    /** Quarkus forgets a signal that came before it started to run; this repeats it. */
    static void repeatEarlySignal() {
        boolean early;
        synchronized (Termination.class) {
            early = signals > 0;
        }
        if (early) {
            Quarkus.asyncExit(0);
        }
    }
}
