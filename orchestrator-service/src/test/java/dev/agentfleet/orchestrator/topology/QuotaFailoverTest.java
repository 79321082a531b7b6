package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.BudgetReserved.Verdict;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SettleBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next owner of the quotas knows from the store alone. */
class QuotaFailoverTest {

    private static final Lane LANE = QuotaSamples.LANE;
    private static final RunId RUN = new RunId("run-1");
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private Instant now = START;
    private long number;

    @BeforeEach
    void keep() {
        for (String name : List.of(QuotaProcessor.LANES, StreamsBudgetStore.BUDGETS)) {
            KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .withCachingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        context.setCurrentStreamTimeMs(START.toEpochMilli());
        context.setRecordMetadata("fleet.quota.requests", 0, 0);
    }

    @Test
    void itKnowsWhatWasGrantedAndWhatOperatorsSet() {
        QuotaProcessor first = owner(Map.of(LANE, QuotaLimits.ofRequests(100)));
        process(first, new LimitLane(LANE, QuotaLimits.ofRequests(2)));
        assertThat(granted(first)).isEqualTo(1);
        assertThat(granted(first)).isEqualTo(1);
        first.close();

        QuotaProcessor next = owner(Map.of(LANE, QuotaLimits.ofRequests(100)));

        assertThat(granted(next)).isZero();
        now = START.plusSeconds(70);
        assertThat(granted(next)).isEqualTo(1);
    }

    @Test
    void aLimitThatWasTakenOutOfTheConfigurationIsNone() {
        owner(Map.of(LANE, QuotaLimits.ofRequests(100))).close();
        context.resetForwards();

        owner(Map.of());

        assertThat(told()).containsExactly(new LimitLane(LANE, QuotaLimits.NONE));
    }

    @Test
    void aLimitThatWasChangedInTheConfigurationReplacesWhatOperatorsSet() {
        QuotaProcessor first = owner(Map.of(LANE, QuotaLimits.ofRequests(100)));
        process(first, new LimitLane(LANE, QuotaLimits.ofRequests(2)));
        first.close();
        context.resetForwards();

        owner(Map.of(LANE, QuotaLimits.ofRequests(50)));

        assertThat(told()).containsExactly(new LimitLane(LANE, QuotaLimits.ofRequests(50)));
    }

    @Test
    void itKnowsWhatRunsHaveSpentAndReserved() {
        QuotaProcessor first = owner(Map.of());
        assertThat(reserve(first, 1, 600)).isEqualTo(Verdict.GRANTED);
        process(first, new SettleBudget(RUN, "worker/a", 1, new BudgetAmount(100, 0)));
        assertThat(reserve(first, 2, 700)).isEqualTo(Verdict.GRANTED);
        first.close();

        QuotaProcessor next = owner(Map.of());

        assertThat(reserve(next, 3, 300)).isEqualTo(Verdict.WAIT);
        assertThat(reserve(next, 3, 901)).isEqualTo(Verdict.EXHAUSTED);
        assertThat(reserve(next, 2, 700)).as("its answer was lost").isEqualTo(Verdict.GRANTED);
        now = START.plusSeconds(70);
        assertThat(reserve(next, 3, 300)).as("nobody told what the call took").isEqualTo(Verdict.EXHAUSTED);
        assertThat(reserve(next, 4, 200)).isEqualTo(Verdict.GRANTED);
    }

    private Verdict reserve(QuotaProcessor owner, long call, long tokens) {
        context.resetForwards();
        process(
                owner,
                new ReserveBudget(
                        RUN,
                        "worker/a",
                        call,
                        new BudgetAmount(tokens, 0),
                        new RunBudget(1_000L, null),
                        Duration.ofMinutes(1)));
        byte[] answer = context.forwarded().getFirst().record().value();
        return Json.read(answer, BudgetReserved.class).verdict();
    }

    private QuotaProcessor owner(Map<Lane, QuotaLimits> configured) {
        QuotaProcessor owner = new QuotaProcessor(QuotaSamples.homes(now), QuotaSamples.settings(configured));
        owner.init(context);
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(0);
        return owner;
    }

    private long granted(QuotaProcessor owner) {
        context.resetForwards();
        number++;
        QuotaAmount call = QuotaAmount.call(0, 0);
        process(owner, new AskPermits(LANE, "worker-a", number, call, call, List.of(), List.of(), null));
        byte[] answer = context.forwarded().getFirst().record().value();
        return ((PermitsGranted) Json.read(answer, Message.class)).amount().requests();
    }

    private void process(QuotaProcessor owner, Message request) {
        owner.process(new Record<>(new byte[0], Json.write(request), now.toEpochMilli()));
    }

    private List<Control> told() {
        return context.forwarded().stream()
                .map(forward -> Json.read(forward.record().value(), Control.class))
                .toList();
    }
}
