package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CallBackoffTest {

    private final CallBackoff backoff = new CallBackoff();

    @BeforeEach
    void begin() {
        backoff.init(400);
    }

    @RepeatedTest(20)
    void waitsAboutTwiceAsLongEachTimeUpToTenSeconds() {
        var failure = failure(null, Duration.ofHours(1));

        assertThat(backoff.nextDelayInMillis(failure)).isBetween(200L, 400L);
        assertThat(backoff.nextDelayInMillis(failure)).isBetween(400L, 800L);
        assertThat(backoff.nextDelayInMillis(failure)).isBetween(800L, 1_600L);
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.nextDelayInMillis(failure)).isLessThanOrEqualTo(10_000);
        }
    }

    @RepeatedTest(20)
    void waitsAtLeastAsLongAsTheProviderAsks() {
        assertThat(backoff.nextDelayInMillis(failure(Duration.ofSeconds(3), Duration.ofHours(1))))
                .isBetween(3_001L, 3_201L);
    }

    @RepeatedTest(20)
    void waitsNoLongerThanTheAttemptLasts() {
        assertThat(backoff.nextDelayInMillis(failure(null, Duration.ofMillis(150))))
                .isEqualTo(150);
    }

    @Test
    void waitsForNothingWhereTheLaneOfTheQuotaMakesItWait() {
        var failed = new ModelCallException(ModelCallException.Kind.TRANSIENT, LlmCode.RATE_LIMITED, "slower")
                .withRetryAfter(Duration.ofSeconds(3));

        assertThat(backoff.nextDelayInMillis(new CallAgainException(failed, Duration.ofHours(1), true)))
                .isZero();
    }

    private static CallAgainException failure(@Nullable Duration retryAfter, Duration remaining) {
        var failed = new ModelCallException(ModelCallException.Kind.TRANSIENT, LlmCode.PROVIDER_ERROR, "failed");
        return new CallAgainException(failed.withRetryAfter(retryAfter), remaining, false);
    }
}
