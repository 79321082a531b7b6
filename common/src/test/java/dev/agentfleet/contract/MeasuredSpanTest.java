package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker says it measured is added up: it must not be able to break the sum. */
class MeasuredSpanTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"PT9999999H\"", "1e12", "\"PT-1S\""})
    void refusesADurationThatNoAttemptCanHave(String duration) {
        byte[] report =
                ("{\"type\":\"AttemptSucceeded\",\"taskId\":\"r/0\",\"attempt\":1,\"workerId\":\"w\",\"output\":1,\"duration\":"
                                + duration + "}")
                        .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(report, AttemptReport.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9999999H", "PT-1S"})
    void refusesItOfAnAttemptThatIsGivenBack(String duration) {
        byte[] report =
                ("{\"type\":\"AttemptReleased\",\"taskId\":\"r/0\",\"attempt\":1,\"workerId\":\"w\",\"reason\":\"STOPPED\",\"duration\":\""
                                + duration + "\"}")
                        .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(report, AttemptReport.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("duration");
    }
}
