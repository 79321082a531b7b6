package dev.agentfleet.cli.chaos.poison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PoisonRecordsTest {

    @Test
    void makesTheSameRecordsFromTheSameSeed() {
        var one = new PoisonRecords(7, Topics.DEFAULT).mutations(500).toList();
        var two = new PoisonRecords(7, Topics.DEFAULT).mutations(500).toList();
        var other = new PoisonRecords(8, Topics.DEFAULT).mutations(500).toList();

        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i).value()).isEqualTo(two.get(i).value());
            assertThat(one.get(i).topic()).isEqualTo(two.get(i).topic());
            assertThat(one.get(i).made()).isEqualTo(two.get(i).made());
        }
        assertThat(one)
                .anyMatch(record -> other.stream().noneMatch(each -> Arrays.equals(each.value(), record.value())));
    }

    @Test
    void reachesEveryTopicThatOthersMayWriteTo() {
        Map<String, Long> topics = new PoisonRecords(7, Topics.DEFAULT)
                .mutations(500)
                .collect(Collectors.groupingBy(BadRecord::topic, Collectors.counting()));

        assertThat(topics)
                .containsOnlyKeys(
                        "fleet.requests", "fleet.results", "fleet.tasks.default", "fleet.workers", "fleet.control");
        assertThat(new PoisonRecords(7, Topics.DEFAULT).catalogue())
                .extracting(BadRecord::topic)
                .contains("fleet.requests", "fleet.results", "fleet.tasks.default");
    }
}
