package dev.agentfleet.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedUrlTest {

    @Test
    void isHostAndPortHoweverWritten() {
        assertThat(AdvertisedUrl.parse("http://Orchestrator-0:8080/")).hasToString("http://orchestrator-0:8080");
        assertThat(AdvertisedUrl.parse("http://[::1]:8080")).hasToString("http://[::1]:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7:8080", "http://10.0.0.7", "ftp://a:1", "http://a:1/api", "http://a b:1", ""})
    void refusesWhatOthersCouldNotReach(String text) {
        assertThatThrownBy(() -> AdvertisedUrl.parse(text))
                .hasMessage("fleet.orchestrator.advertised-url: '" + text
                        + "' must be http or https, host and port, such as http://10.0.0.7:8080");
    }
}
