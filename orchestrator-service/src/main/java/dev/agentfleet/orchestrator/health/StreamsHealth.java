package dev.agentfleet.orchestrator.health;

import dev.agentfleet.orchestrator.runtime.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * The stream processing as probes. Live: its threads come round, whether or not there is anything to do; they also do
 * while a broker is absent, which is no reason to restart the process. Ready: its state is complete, and it answers for
 * its partitions; until then the answer says how many records of each store are still to be read.
 */
@ApplicationScoped
public class StreamsHealth {

    private static final String NAME = "streams";
    private static final String NOT_STARTED = "NOT_STARTED";

    /** Several of a thread's calls to a broker that does not answer may follow each other, each up to a minute long. */
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private final Orchestrator orchestrator;
    private final ThreadProgress progress = new ThreadProgress(System::nanoTime);

    StreamsHealth(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            HealthCheckResponseBuilder answer = answer().status(state().equals("RUNNING"));
            orchestrator.restore().remaining().forEach((store, left) -> answer.withData("restoring." + store, left));
            return answer.build();
        };
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> {
            Duration standstill = progress.standstill(orchestrator.figures().polls());
            return answer().withData("secondsSinceThreadsMoved", standstill.toSeconds())
                    .status(!state().equals("ERROR") && standstill.compareTo(STANDSTILL) < 0)
                    .build();
        };
    }

    private HealthCheckResponseBuilder answer() {
        return HealthCheckResponse.named(NAME).withData("state", state());
    }

    private String state() {
        return orchestrator.figures().state().orElse(NOT_STARTED);
    }
}
