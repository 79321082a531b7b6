package dev.agentfleet.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundAgentTest {

    record Ticket(String title, int priority, List<Ticket> children) {
        Ticket {
            children = List.copyOf(children);
            if (priority > 9) {
                throw new IllegalArgumentException("priority must be at most 9");
            }
        }
    }

    private final AgentContext context = new Bench().execution().context();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"title":"SECRET","priority":"SECRET","children":[]} | field 'priority' must be readable as int
            {"priority":1,"children":[]}                         | field 'title' must be readable as String
            {"title":"SECRET","priority":10,"children":[]}       | input is refused: priority must be at most 9
            {"title":"a","priority":1,"children":[7]}            | field 'children.[0]' must be readable as Ticket
            "SECRET"                                             | input must be readable as Ticket
            null                                                 | input must be Ticket, not null
            """)
    void namesFieldAndRuleOfABadInputAndQuotesNothing(String input, String message) {
        var agent = Bench.agent((given, own) -> given, Json.mapper().constructType(Ticket.class));

        assertThatThrownBy(() -> agent.run(new Payload(input), context))
                .isInstanceOfSatisfying(AgentFailureException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("INVALID_INPUT");
                    assertThat(failure.retryable()).isFalse();
                    assertThat(failure.getMessage()).contains(message).doesNotContain("SECRET");
                });
    }

    @Test
    void writesNullAsNull() throws Exception {
        assertThat(run((input, own) -> nothing())).isEqualTo(Payload.NULL);
    }

    @Test
    void refusesAnOutputBeyondTheBound() {
        assertFails("OUTPUT_TOO_LARGE", (input, own) -> "x".repeat(Payload.MAX_BYTES - 1));
        assertFails("OUTPUT_TOO_LARGE", (input, own) -> "é".repeat(Payload.MAX_BYTES / 2));
        assertFails("OUTPUT_TOO_LARGE", (input, own) -> new Payload('"' + "x".repeat(Payload.MAX_BYTES) + '"'));
    }

    @Test
    void takesAnOutputUpToTheBound() throws Exception {
        assertThat(run((input, own) -> "x".repeat(Payload.MAX_BYTES - 2)).bytes())
                .isEqualTo(Payload.MAX_BYTES);
    }

    @Test
    void endsWritingAnEndlessOutputAtTheBound() {
        assertFails("OUTPUT_TOO_LARGE", (input, own) -> Collections.nCopies(Integer.MAX_VALUE, "x"));
    }

    @Test
    void refusesAnOutputThatIsNoJson() {
        var circle = new ArrayList<Object>();
        circle.add(Map.of("self", circle));
        assertFails("INVALID_OUTPUT", (input, own) -> circle);
        assertFails("INVALID_OUTPUT", (input, own) -> new Object());
    }

    @Test
    void waitsForAUni() throws Exception {
        assertThat(run((input, own) -> Uni.createFrom().item(7))).isEqualTo(new Payload("7"));
    }

    @Test
    void throwsWhatAUniFailsWith() {
        assertThatThrownBy(() -> run((input, own) -> Uni.createFrom().failure(new IllegalStateException("no"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancelsTheUniOfAnInterruptedThread() {
        var cancelled = new AtomicBoolean();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run((input, own) ->
                        Uni.createFrom().nothing().onCancellation().invoke(() -> cancelled.set(true))))
                .isInstanceOf(InterruptedException.class);

        assertThat(cancelled).isTrue();
    }

    private void assertFails(String code, Bench.Code agent) {
        assertThatThrownBy(() -> run(agent)).isInstanceOfSatisfying(AgentFailureException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.retryable()).isFalse();
        });
    }

    private Payload run(Bench.Code agent) throws Exception {
        return Bench.agent(agent).run(Payload.NULL, context);
    }

    @SuppressWarnings("NullAway") // an agent's author may return null whatever we say
    private static Object nothing() {
        return null;
    }
}
