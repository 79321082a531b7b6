package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.modelserver.CrowdServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Many calls at once to one host. Their number and length can be set, for a measurement. */
class CrowdTest {

    private static final int CALLS = Integer.getInteger("crowd.calls", 1_000);
    private static final Duration EACH = Duration.ofMillis(Integer.getInteger("crowd.millis", 2_000));
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void holdsThemAllAtOnceWithoutAThreadOfTheSystemForEach(Provider provider) throws Exception {
        try (var server = new CrowdServer(EACH);
                var providers = new Providers(server.anthropicUrl(), server.openAiUrl(), Map.of())) {
            var client = Objects.requireNonNull(providers.clients.get(provider));
            client.complete(ModelRequest.of("a", "m", "hi", 100), Duration.ofMinutes(1), Cancellation.NEVER);
            int threadsBefore = threads();
            var answered = new AtomicInteger();
            var ended = new CountDownLatch(CALLS);
            long startedAt = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                Thread.startVirtualThread(() -> {
                    try {
                        client.complete(
                                ModelRequest.of("a", "m", "hi", 100), Duration.ofMinutes(1), Cancellation.NEVER);
                        answered.incrementAndGet();
                    } finally {
                        ended.countDown();
                    }
                });
            }
            Thread.sleep(EACH.toMillis() / 2);
            int threadsMore = threads() - threadsBefore;
            System.gc();
            long heap = heap();
            ended.await();

            System.out.printf(
                    "crowd: %s, %d calls of %s: %d at once, %.2f s, %d more threads of the system, heap after a"
                            + " collection %d MB (server included)%n",
                    provider.tag(),
                    CALLS,
                    EACH,
                    server.most(),
                    (System.nanoTime() - startedAt) / 1e9,
                    threadsMore,
                    heap / MEBIBYTE);
            assertThat(answered).hasValue(CALLS);
            assertThat(server.most()).isGreaterThan(CALLS * 9 / 10);
            assertThat(threadsMore).isLessThan(50);
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
