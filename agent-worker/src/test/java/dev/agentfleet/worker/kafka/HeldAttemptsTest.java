package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldAttemptsTest {

    private final HeldAttempts held = new HeldAttempts();

    @Test
    void listsAFewCompletely() {
        assertThat(held.next(List.of("a#1", "b#1"))).containsExactly("a#1", "b#1");
    }

    @Test
    void listsManyWithinOneRotation() {
        var all = IntStream.range(0, 1_200).mapToObj(i -> "run/" + i + "#1").toList();
        var listed = new HashSet<String>();
        for (int heartbeat = 0; heartbeat < 3; heartbeat++) {
            var page = held.next(all);
            assertThat(page).hasSize(500);
            listed.addAll(page);
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
    }
}
