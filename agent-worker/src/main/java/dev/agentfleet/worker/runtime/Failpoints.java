package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.config.Failpoint;
import dev.agentfleet.worker.config.WorkerConfig;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Where the process ends on purpose, if its configuration names a point; otherwise nothing happens here. */
@Singleton
public final class Failpoints {

    private final @Nullable Failpoint armed;
    private final ProcessEnd processEnd;

    public Failpoints(WorkerConfig config, ProcessEnd processEnd) {
        this.armed = config.failpoint().orElse(null);
        this.processEnd = processEnd;
    }

    void reached(Failpoint point) {
        if (point == armed) {
            processEnd.now("Ends as configured", new IllegalStateException("fleet.worker.failpoint=" + point));
        }
    }
}
