package dev.agentfleet.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.HeldSpan;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldListsTest {

    private static final Instant CLAIMED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = CLAIMED.plusSeconds(60);

    private final HeldLists lists = new HeldLists();

    @Test
    void anAttemptThatTwoListsPassOverIsMissed() {
        heard(3, HeldSpan.ALL);
        assertThat(missed()).as("one list may be older than the attempt").isFalse();

        heard(6, HeldSpan.ALL);

        assertThat(missed()).isTrue();
    }

    @Test
    void whatIsListedIsNotMissedUntilTwoLaterListsPassItOver() {
        heard(3, HeldSpan.ALL);
        heard(6, HeldSpan.ALL, "r/5#1");
        heard(9, HeldSpan.ALL);
        assertThat(missed()).isFalse();

        heard(12, HeldSpan.ALL);

        assertThat(missed()).isTrue();
    }

    @Test
    void listsBeforeTheClaimSayNothing() {
        heard(-6, HeldSpan.ALL);
        heard(-3, HeldSpan.ALL);
        heard(3, HeldSpan.ALL);

        assertThat(missed()).isFalse();
    }

    @Test
    void listsAfterTheMomentAskedForSayNothingYet() {
        heard(3, HeldSpan.ALL);
        heard(6, HeldSpan.ALL);

        assertThat(lists.miss("r/5#1", CLAIMED, CLAIMED.plusSeconds(6))).isFalse();
    }

    @Test
    void onlyListsOfItsSpanCount() {
        for (int i = 0; i < 5; i++) {
            heard(3 + i, new HeldSpan("r/6#1", "r/4#9"), "r/7#1");
        }
        assertThat(missed()).as("the span goes round without it").isFalse();

        heard(10, new HeldSpan("r/4#9", "r/6#1"), "r/6#1");
        heard(13, new HeldSpan("r/4#9", "r/6#1"), "r/6#1");

        assertThat(missed()).isTrue();
    }

    @Test
    void aHeartbeatThatDoesNotSayWhatItListsSaysNothing() {
        heard(3, null);
        heard(6, null);

        assertThat(missed()).isFalse();
    }

    @Test
    void aLongMemoryIsNotKept() {
        heard(3, HeldSpan.ALL, "r/5#1");
        heard(3_600, HeldSpan.ALL);
        heard(3_603, HeldSpan.ALL);

        assertThat(lists.miss("r/5#1", CLAIMED, CLAIMED.plusSeconds(3_700))).isTrue();
    }

    private boolean missed() {
        return lists.miss("r/5#1", CLAIMED, LATER);
    }

    private void heard(int seconds, @Nullable HeldSpan span, String... held) {
        lists.heard(
                new WorkerHeartbeat(
                        "w",
                        "1",
                        "default",
                        List.of(),
                        4,
                        held.length,
                        List.of(),
                        List.of(held),
                        span,
                        false,
                        null,
                        null,
                        null),
                CLAIMED.plusSeconds(seconds));
    }
}
