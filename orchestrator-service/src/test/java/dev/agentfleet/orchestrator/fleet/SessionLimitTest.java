package dev.agentfleet.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionLimitTest {

    private final SessionLimit limit = new SessionLimit(Duration.ofSeconds(15));

    @Test
    void namesTheWorkerWhoseSessionOutlivesTheLease() {
        assertThat(limit.complaint(heartbeat(Duration.ofSeconds(45))))
                .hasValue(
                        "workerId=w-1 pool=gpu session timeout: 'PT45S' must be at most fleet.orchestrator.lease 'PT15S'; "
                                + "if it dies, what it had not claimed comes back only after the session");
    }

    @Test
    void isContentWithASessionOfTheLeaseAndWithOneNobodyKnows() {
        assertThat(limit.complaint(heartbeat(Duration.ofSeconds(15)))).isEmpty();
        assertThat(limit.complaint(heartbeat(null))).isEmpty();
    }

    private static WorkerHeartbeat heartbeat(@Nullable Duration session) {
        return new WorkerHeartbeat(
                "w-1", "1", "gpu", List.of(), 1, 0, List.of(), List.of(), null, false, session, null, null);
    }
}
