package dev.agentfleet.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.worker.runtime.Slots;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the probe says of a worker between real topics. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestProfile(StuckWorkerIT.Profile.class)
class StuckWorkerIT {

    private static final Duration STUCK_AFTER = Duration.ofSeconds(2);

    @Inject
    Slots slots;

    @TestHTTPResource("/q/health/live")
    @Nullable
    URI liveness;

    /** A worker of its own, for it ends broken. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fleet.worker.stuck-after", STUCK_AFTER.toString());
        }
    }

    @Test
    void isNotAliveOnceItsIntakeHasLostAFreeSlot() throws Exception {
        try (var fleet = new FleetTopics(SharedBroker.bootstrapServers(), BrokerResource.PREFIX)) {
            // Given: slow tasks on all slots, others waiting
            for (int i = 0; i < BrokerResource.SLOTS; i++) {
                send(fleet, "slow/" + i, "PT7S");
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> slots.busy() == BrokerResource.SLOTS);
            for (int i = 0; i < 20; i++) {
                send(fleet, "waiting/" + i, "PT0S");
            }
            await().during(STUCK_AFTER.plusSeconds(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> live() == 200);

            // When: nobody hears that the slots become free
            slots.onFree(() -> {});

            // Then
            await().atMost(Duration.ofSeconds(20)).until(() -> live() == 503);
            assertThat(slots.busy()).isZero();
            assertThat(fleet.ends("waiting")).isEmpty();
        }
    }

    private int live() throws IOException {
        var connection =
                (HttpURLConnection) Objects.requireNonNull(liveness).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static void send(FleetTopics fleet, String taskId, String duration) {
        fleet.send(fleet.assignment(taskId, "sleep", "{\"duration\":\"" + duration + "\"}", Duration.ofHours(1)));
    }
}
