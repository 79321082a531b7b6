package dev.agentfleet.worker.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.worker.execution.AttemptClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetQuotaTest {

    private static final Lane LANE = new Lane("anthropic", "main", "claude");

    private final FakeOwner owner = new FakeOwner();
    private final FleetQuota quota =
            new FleetQuota("worker-a", owner, System::nanoTime, new QuotaFigures(new SimpleMeterRegistry()));
    private final AtomicInteger stops = new AtomicInteger();
    private final AtomicInteger goes = new AtomicInteger();

    @AfterEach
    void close() {
        quota.close();
    }

    @Test
    void aLaneWithoutLimitsAsksNobody() throws InterruptedException {
        try (Permit permit = quota.acquire(LANE, 10, 10, context())) {
            assertThat(permit.sent()).isTrue();
            permit.settle(20, 20);
        }

        assertThat(owner.asked()).isEmpty();
        assertThat(owner.isKnown()).isFalse();
        assertThat(stops).hasValue(0);
    }

    @Test
    void theClockOfTheAttemptStandsStillWhileItWaits() throws InterruptedException {
        quota.limited(new LimitLane(LANE, QuotaLimits.ofRequests(5)));
        AtomicInteger sent = new AtomicInteger();
        Thread caller = call(sent);
        await().untilAsserted(() -> assertThat(owner.asked()).isNotEmpty());
        assertThat(stops).hasValue(1);
        assertThat(goes).hasValue(0);

        owner.grant();
        caller.join();

        assertThat(goes).hasValue(1);
        assertThat(sent).hasValue(1);
    }

    @Test
    void oneThatIsInterruptedWhileItWaitsLeavesTheLineAndLetsTheClockGo() throws InterruptedException {
        quota.limited(new LimitLane(LANE, QuotaLimits.ofRequests(5)));
        AtomicInteger sent = new AtomicInteger();
        Thread gone = call(sent);
        await().untilAsserted(() -> assertThat(owner.asked()).isNotEmpty());
        gone.interrupt();
        gone.join();
        assertThat(goes).hasValue(1);

        Thread next = call(sent);
        owner.grant();
        next.join();

        assertThat(sent).hasValue(1);
    }

    @Test
    void aHoldOfALaneWithoutLimitsIsWaitedFor() throws InterruptedException {
        quota.held(new HoldLane(LANE, Duration.ofMillis(200), "529"));
        AtomicInteger sent = new AtomicInteger();
        long since = System.nanoTime();
        call(sent).join();

        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
        assertThat(sent).hasValue(1);
        assertThat(owner.asked()).isEmpty();
    }

    private Thread call(AtomicInteger sent) {
        return Thread.ofVirtual().start(() -> {
            try (Permit permit = quota.acquire(LANE, 0, 0, context())) {
                sent.addAndGet(permit.sent() ? 1 : 0);
            } catch (InterruptedException e) {
                // It leaves.
            }
        });
    }

    private AgentContext context() {
        return (AgentContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AgentContext.class, AttemptClock.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "stop" -> stops.incrementAndGet();
                        case "go" -> goes.incrementAndGet();
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }
}
