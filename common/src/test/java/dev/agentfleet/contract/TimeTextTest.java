package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    private static final long SPAN = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 62_167_219_200L;

    private final Random random = new Random(7);

    @Test
    void anInstantIsWrittenAsByTheJdkAndReadBack() {
        for (int i = 0; i < 100_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(SPAN) - 62_167_219_200L, nanos());

            assertThat(TimeText.of(time)).isEqualTo(time.toString());
            assertThat(TimeText.instant(time.toString())).isEqualTo(time);
        }
    }

    @Test
    void aDurationOfSecondsIsReadAsByTheJdk() {
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofSeconds(random.nextLong(60), nanos());

            assertThat(TimeText.duration(duration.toString())).isEqualTo(Duration.parse(duration.toString()));
        }
    }

    private int nanos() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1000) * 1_000_000;
            case 2 -> random.nextInt(1_000_000) * 1000;
            default -> random.nextInt(1_000_000_000);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", "-0001-12-31T23:59:59.500Z"})
    void anInstantOutsideFourDigitsIsWrittenAsByTheJdk(String text) {
        assertThat(TimeText.of(Instant.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04Z",
                "2026-01-02T03:04:05+01:00",
                "2026-01-02T24:00:00Z",
                "2026-01-02 03:04:05Z",
                "2026-01-02T03:04:05,5Z",
                "2026-02-29T03:04:05.123456Z",
                "2026-01-02T03:04:60Z",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-1-02T03:04:05.00Z",
                "٢٠٢٦-01-02T03:04:05Z",
                ""
            })
    void anyOtherInstantIsLeftToJackson(String text) {
        assertThat(TimeText.instant(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PT", "PTS", "PT1M", "P1D", "PT-1S", "PT1.S", "PT.5S", "PT1.1234567890S", "pt1s", "PT1,5S", ""})
    void anyOtherDurationIsLeftToJackson(String text) {
        assertThat(TimeText.duration(text)).isNull();
    }

    @Test
    void otherFormsAreReadOrRefusedAsBefore() throws JsonProcessingException {
        assertThat(Json.mapper().readValue("\"2026-01-02T03:04:05+01:00\"", Instant.class))
                .isEqualTo("2026-01-02T02:04:05Z");
        assertThat(Json.mapper().readValue("1.5", Instant.class)).isEqualTo("1970-01-01T00:00:01.500Z");
        assertThat(Json.mapper().readValue("\"PT10M\"", Duration.class)).isEqualTo(Duration.ofMinutes(10));
        assertThatThrownBy(() -> Json.mapper().readValue("\"tomorrow\"", Instant.class))
                .hasMessageContaining("Instant");
        assertThatThrownBy(() -> Json.mapper().readValue("\"long\"", Duration.class))
                .hasMessageContaining("Duration");
    }
}
