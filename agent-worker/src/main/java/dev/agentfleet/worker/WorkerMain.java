package dev.agentfleet.worker;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the worker process. */
@QuarkusMain
public final class WorkerMain {

    public static void main(String... arguments) {
        Termination.onSignal();
        Quarkus.run(arguments);
    }
}
