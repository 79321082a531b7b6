package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.HeldSpan;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldAttemptsTest {

    private final HeldAttempts held = new HeldAttempts();

    @Test
    void listsAFewCompletely() {
        var page = held.next(List.of("a#1", "b#1"));

        assertThat(page.names()).containsExactly("a#1", "b#1");
        assertThat(page.span()).isEqualTo(HeldSpan.ALL);
    }

    @Test
    void listsManyWithinOneRotation() {
        var all = IntStream.range(0, 1_200).mapToObj(i -> "run/" + i + "#1").toList();
        var listed = new HashSet<String>();
        var covered = new HashSet<String>();
        for (int heartbeat = 0; heartbeat < 3; heartbeat++) {
            var page = held.next(all);
            assertThat(page.names()).hasSize(500);
            assertThat(all).filteredOn(page.span()::covers).containsExactlyInAnyOrderElementsOf(page.names());
            listed.addAll(page.names());
            all.stream().filter(page.span()::covers).forEach(covered::add);
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
        assertThat(covered).as("what the spans covered").isEqualTo(listed);
    }
}
