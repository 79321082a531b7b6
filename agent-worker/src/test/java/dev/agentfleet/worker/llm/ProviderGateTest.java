package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.worker.config.Configs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProviderGateTest {

    private final AtomicLong now = new AtomicLong();
    private final ProviderGate gate = new ProviderGate(Configs.llm(Map.of("fleet.llm.closed-for", "PT10S")), now::get);
    private final ModelCallException refusal =
            new ModelCallException(ModelCallException.Kind.REFUSED, LlmCode.SPEND_LIMIT, "no money left");

    @Test
    void letsNobodyPassUntilTheTimeIsOver() {
        var closed = gate.close(Provider.OPENAI, refusal);
        assertThat(closed.retryAfter()).isEqualTo(Duration.ofSeconds(10));

        now.addAndGet(Duration.ofSeconds(4).toNanos());

        assertThat(gate.isClosed(Provider.OPENAI)).isTrue();
        assertThatThrownBy(() -> gate.pass(Provider.OPENAI))
                .isInstanceOfSatisfying(AgentUnavailableException.class, unavailable -> {
                    assertThat(unavailable.code()).isEqualTo(LlmCode.SPEND_LIMIT);
                    assertThat(unavailable).hasMessage("no money left");
                    assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(6));
                });
    }

    @Test
    void opensAgain() {
        gate.close(Provider.OPENAI, refusal);

        now.addAndGet(Duration.ofSeconds(10).toNanos());

        assertThatCode(() -> gate.pass(Provider.OPENAI)).doesNotThrowAnyException();
        assertThat(gate.isClosed(Provider.OPENAI)).isFalse();
    }

    @Test
    void closesOneProviderAndNoOther() {
        gate.close(Provider.OPENAI, refusal);

        assertThatCode(() -> gate.pass(Provider.ANTHROPIC)).doesNotThrowAnyException();
    }
}
