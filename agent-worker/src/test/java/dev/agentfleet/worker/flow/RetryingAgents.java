package dev.agentfleet.worker.flow;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import io.smallrye.faulttolerance.api.RateLimit;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Agents that rely on fault-tolerance annotations, one each. */
final class RetryingAgents {

    private RetryingAgents() {}

    @ApplicationScoped
    public static class Annotated implements Agent<String, Integer> {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String name() {
            return "retried";
        }

        @Override
        @Retry(maxRetries = 3, delay = 0, jitter = 0)
        public Integer run(String input, AgentContext context) {
            if (calls.incrementAndGet() < 4) {
                throw new IllegalStateException("not yet");
            }
            return calls.get();
        }
    }

    /** The test's configuration allows it one retry instead of nine. */
    @ApplicationScoped
    public static class Configured implements Agent<String, Integer> {
        static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public String name() {
            return "configured";
        }

        @Override
        @Retry(maxRetries = 9, delay = 0, jitter = 0)
        public Integer run(String input, AgentContext context) {
            CALLS.incrementAndGet();
            throw new IllegalStateException("never");
        }
    }

    @ApplicationScoped
    public static class RetriedUni implements Agent<String, Uni<Integer>> {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String name() {
            return "retried-uni";
        }

        @Override
        @Retry(maxRetries = 3, delay = 0, jitter = 0)
        public Uni<Integer> run(String input, AgentContext context) {
            int call = calls.incrementAndGet();
            return call < 3
                    ? Uni.createFrom().failure(new IllegalStateException("not yet"))
                    : Uni.createFrom().item(call);
        }
    }

    /** A Uni that never ends by itself, behind an annotation. */
    @ApplicationScoped
    public static class EndlessUni implements Agent<String, Uni<String>> {
        static final AtomicBoolean CANCELLED = new AtomicBoolean();

        @Override
        public String name() {
            return "endless-annotated";
        }

        @Override
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        public Uni<String> run(String input, AgentContext context) {
            return Uni.createFrom().<String>nothing().onCancellation().invoke(() -> CANCELLED.set(true));
        }
    }

    @ApplicationScoped
    public static class Timed implements Agent<String, String> {

        @Override
        public String name() {
            return "timed";
        }

        @Override
        @Timeout(value = 100, unit = ChronoUnit.MILLIS)
        public String run(String input, AgentContext context) throws InterruptedException {
            new CountDownLatch(1).await();
            return input;
        }
    }

    @ApplicationScoped
    public static class Broken implements Agent<String, String> {
        static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public String name() {
            return "broken";
        }

        @Override
        @CircuitBreaker(requestVolumeThreshold = 2, failureRatio = 1, delay = 10, delayUnit = ChronoUnit.MINUTES)
        public String run(String input, AgentContext context) {
            CALLS.incrementAndGet();
            throw new IllegalStateException("broken");
        }
    }

    @ApplicationScoped
    public static class Crowded implements Agent<String, String> {
        static final CountDownLatch GATE = new CountDownLatch(1);

        @Override
        public String name() {
            return "crowded";
        }

        @Override
        @Bulkhead(1)
        public String run(String input, AgentContext context) throws InterruptedException {
            GATE.await();
            return input;
        }
    }

    @ApplicationScoped
    public static class Limited implements Agent<String, String> {

        @Override
        public String name() {
            return "limited";
        }

        @Override
        @RateLimit(value = 2, window = 10, windowUnit = ChronoUnit.MINUTES)
        public String run(String input, AgentContext context) {
            return input;
        }
    }
}
