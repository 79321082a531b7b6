package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.of(Map.of("retry-after", "2.5")::get)).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void prefersMilliseconds() {
        assertThat(RetryAfter.of(Map.of("retry-after", "2", "retry-after-ms", "1700")::get))
                .isEqualTo(Duration.ofMillis(1_700));
    }

    @Test
    void measuresADateFromTheDateOfTheResponse() {
        var headers = Map.of(
                "retry-after", "Thu, 01 Jan 2026 00:01:00 GMT",
                "date", "Thu, 01 Jan 2026 00:00:15 GMT");

        assertThat(RetryAfter.of(headers::get)).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void asksForNoWaitBeforeThePast() {
        assertThat(RetryAfter.of(Map.of("retry-after", "-3")::get)).isEqualTo(Duration.ZERO);
    }

    @Test
    void boundsWhatIsAbsurd() {
        assertThat(RetryAfter.of(Map.of("retry-after", "1e300")::get)).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "Thu, 01 Jan 2026 00:01:00 GMT", "NaN"})
    void knowsNothingFromWhatItCannotRead(String text) {
        assertThat(RetryAfter.of(Map.of("retry-after", text)::get)).isNull();
    }

    @Test
    void knowsNothingWithoutAHeader() {
        assertThat(RetryAfter.of(Map.<String, String>of()::get)).isNull();
    }
}
