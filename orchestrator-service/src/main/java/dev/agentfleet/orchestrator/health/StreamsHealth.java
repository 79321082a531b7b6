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
 * The stream processing as probes. Live: its threads come round, whether or not there is anything to do. While the broker is
 * away they wait for it, sometimes for minutes, which is no reason to restart the process: a standstill counts only while
 * the broker answers. Ready: its state has been complete once, and from then on also while partitions come or go: others
 * are served meanwhile, and nobody else could say of these that they will be in a moment. Until then the answer says how
 * many records of each store are still to be read. A standby replica that lags is no fault. Nor is it ready while its threads
 * fail again and again, other than for want of a broker: a restart would cure nothing, but somebody must look.
 */
@ApplicationScoped
public class StreamsHealth {

    private static final String NAME = "streams";
    private static final String NOT_STARTED = "NOT_STARTED";

    /** A call that began while the broker was away may take a minute more. */
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private final Orchestrator orchestrator;
    private final ThreadProgress progress = new ThreadProgress(System::nanoTime);
    private final Service service = new Service();

    StreamsHealth(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            int failures = orchestrator.failures().ofLate();
            HealthCheckResponseBuilder answer =
                    answer().withData("threadFailuresOfLate", failures).status(service.isOpen(state(), failures));
            orchestrator.restore().remaining().forEach((store, left) -> answer.withData("restoring." + store, left));
            return answer.build();
        };
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> {
            Duration standstill = progress.standstill(orchestrator.figures().polls());
            Duration answering = orchestrator.brokerAnswersFor();
            boolean moves = standstill.compareTo(STANDSTILL) < 0 || answering.compareTo(STANDSTILL) < 0;
            return answer().withData("secondsSinceThreadsMoved", standstill.toSeconds())
                    .withData("brokerAnswersForSeconds", answering.toSeconds())
                    .status(!state().equals("ERROR") && moves)
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
