package dev.agentfleet.cli.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final RunId RUN = GoodHistory.RUN;

    private final GoodHistory history = new GoodHistory();

    @Test
    void holdsWhenARunIsShownAsBefore() {
        shown(Map.of(RUN, Optional.of("as it is")), Map.of(RUN, Optional.of("as it is")));

        assertThat(verdict().word()).isEqualTo("holds");
    }

    @Test
    void catchesARunThatIsShownOtherwise() {
        shown(Map.of(RUN, Optional.of("as it was")), Map.of(RUN, Optional.of("unknown")));

        assertThat(verdict().violations())
                .containsExactly("run run-1: was as it was before the kill and is unknown after it");
    }

    @Test
    void doesNotTakeTwoMissingAnswersForTheSame() {
        shown(Map.of(RUN, Optional.empty()), Map.of(RUN, Optional.empty()));

        assertThat(verdict().violations())
                .containsExactly("run run-1: was not answered before the kill and is not answered after it");
    }

    @Test
    void catchesARunOfWhichNothingIsShownAfterTheKill() {
        shown(Map.of(RUN, Optional.of("as it was")), Map.of());

        assertThat(verdict().violations())
                .containsExactly("run run-1: was as it was before the kill and is not answered after it");
    }

    private void shown(Map<RunId, Optional<String>> before, Map<RunId, Optional<String>> after) {
        history.before = before;
        history.after = after;
    }

    private Verdict verdict() {
        return new Checker(Allowances.DEFAULT)
                .judge(history.history()).stream()
                        .filter(verdict -> verdict.invariant() == Invariant.I9)
                        .findFirst()
                        .orElseThrow();
    }
}
