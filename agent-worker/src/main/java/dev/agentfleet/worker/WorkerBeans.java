package dev.agentfleet.worker;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.config.TopicsConfig;
import dev.agentfleet.worker.execution.Ticker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The clocks and names that the other beans share. */
final class WorkerBeans {

    @Produces
    @Singleton
    Topics topics(TopicsConfig config) {
        return new Topics(config.prefix());
    }

    @Produces
    @Singleton
    Ticker ticker() {
        return System::nanoTime;
    }

    @Produces
    @Singleton
    InstantSource wallClock() {
        return InstantSource.system();
    }
}
