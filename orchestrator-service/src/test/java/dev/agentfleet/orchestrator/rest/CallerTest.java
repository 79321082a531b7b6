package dev.agentfleet.orchestrator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerTest {

    @Test
    void aNameCannotLookLikeAnotherLine() {
        assertThat(Caller.shown("eve\nsubmitted by=alice from=x\u2028\u202e\t\u001b[0m"))
                .isEqualTo("eve_submitted_by=alice_from=x___" + "_[0m");
        assertThat(Caller.shown("Zoë@example.com/1-2")).isEqualTo("Zoë@example.com/1-2");
        assertThat(Caller.shown("x".repeat(1_000))).hasSize(201);
    }

    @Test
    void outsideOfARequestNobodyIsThere() {
        assertThat(Caller.of(null)).isEqualTo(new Caller("anonymous", "?"));
    }
}
