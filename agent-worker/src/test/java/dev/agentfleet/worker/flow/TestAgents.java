package dev.agentfleet.worker.flow;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Agents that misbehave on request. */
final class TestAgents {

    private TestAgents() {}

    @ApplicationScoped
    public static class Failing implements Agent<String, Object> {

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Object run(String how, AgentContext context) throws Exception {
            return switch (how) {
                case "permanent" -> throw AgentFailureException.permanent("NO", "never");
                case "later" -> throw AgentFailureException.retryableAfter("BUSY", "later", Duration.ofSeconds(9));
                case "exception" -> throw new IllegalStateException("odd");
                case "checked" -> throw new IOException("disk");
                case "overflow" -> overflow(0);
                case "memory" -> new long[Integer.MAX_VALUE - 8].length;
                case "linkage" -> throw new NoClassDefFoundError("Missing");
                case "huge" -> "x".repeat(300_000);
                case "uni" -> Uni.createFrom().failure(AgentFailureException.permanent("UNI", "failed"));
                default -> how;
            };
        }

        private static int overflow(int depth) {
            return depth < 0 ? 0 : overflow(depth + 1) + depth;
        }
    }

    /** Counts how many run at once, and waits until told. */
    @ApplicationScoped
    public static class Counting implements Agent<String, String> {

        static final AtomicInteger RUNNING = new AtomicInteger();
        static final AtomicInteger MOST = new AtomicInteger();
        static final AtomicInteger STARTED = new AtomicInteger();
        static volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String run(String input, AgentContext context) throws InterruptedException {
            STARTED.incrementAndGet();
            MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
            try {
                gate.await();
                return input;
            } finally {
                RUNNING.decrementAndGet();
            }
        }
    }

    /** Waits until told, whoever interrupts it. */
    @ApplicationScoped
    public static class Stubborn implements Agent<String, String> {

        static final CountDownLatch GATE = new CountDownLatch(1);

        @Override
        public String name() {
            return "stubborn";
        }

        @Override
        public String run(String input, AgentContext context) {
            while (true) {
                try {
                    GATE.await();
                    return input;
                } catch (InterruptedException e) {
                    // Goes on.
                }
            }
        }
    }

    /** A Uni that never ends by itself. */
    @ApplicationScoped
    public static class Endless implements Agent<String, Uni<String>> {

        static final AtomicBoolean CANCELLED = new AtomicBoolean();

        @Override
        public String name() {
            return "endless";
        }

        @Override
        public Uni<String> run(String input, AgentContext context) {
            context.progress(0.5, "half way");
            return Uni.createFrom().<String>nothing().onCancellation().invoke(() -> CANCELLED.set(true));
        }
    }
}
