package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.modelserver.CrowdServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Many calls at once to one host: nobody is answered before all are there. Their number and a length can be set, for a measurement. */
class CrowdTest {

    private static final int CALLS = Integer.getInteger("crowd.calls", 1_000);
    /** 0: answered once all are there. */
    private static final Duration EACH = Duration.ofMillis(Integer.getInteger("crowd.millis", 0));

    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RECORDED")
    void holdsThemAllAtOnceWithoutAThreadOfTheSystemForEach(Provider provider) throws Exception {
        try (var server = server();
                var providers = new Providers(server.anthropicUrl(), server.openAiUrl(), Map.of())) {
            var client = Objects.requireNonNull(providers.clients.get(provider));
            int threadsBefore = threads();
            var answered = new AtomicInteger();
            var failures = new ConcurrentHashMap<String, Integer>();
            var ended = new CountDownLatch(CALLS);
            long startedAt = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                Thread.startVirtualThread(() -> {
                    try {
                        client.complete(ModelRequest.of("a", "m", "hi", 100), Duration.ofMinutes(5), CallGuard.NONE);
                        answered.incrementAndGet();
                    } catch (ModelCallException e) {
                        failures.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
                    } finally {
                        ended.countDown();
                    }
                });
            }
            int threadsMore = 0;
            do {
                threadsMore = Math.max(threadsMore, threads() - threadsBefore);
            } while (!ended.await(20, TimeUnit.MILLISECONDS));

            System.out.printf(
                    "crowd: %s, %d calls of %s: %d at once, %.2f s, %d more threads of the system, heap %d MB"
                            + " (server included)%n",
                    provider.tag(),
                    CALLS,
                    EACH,
                    server.most(),
                    (System.nanoTime() - startedAt) / 1e9,
                    threadsMore,
                    heap() / MEBIBYTE);
            assertThat(failures).isEmpty();
            assertThat(answered).hasValue(CALLS);
            assertThat(server.most()).isGreaterThan(CALLS * 9 / 10);
            assertThat(threadsMore).isLessThan(50);
        }
    }

    private static CrowdServer server() {
        return EACH.isZero() ? CrowdServer.answeringTogether(CALLS) : CrowdServer.answeringAfter(EACH);
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
