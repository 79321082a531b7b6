package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.QuotaRequest;
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
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private Instant now = START;
    private long number;

    @BeforeEach
    void keep() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(QuotaProcessor.LANES), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
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

    private void process(QuotaProcessor owner, QuotaRequest request) {
        owner.process(new Record<>(new byte[0], Json.write(request), now.toEpochMilli()));
    }

    private List<Control> told() {
        return context.forwarded().stream()
                .map(forward -> Json.read(forward.record().value(), Control.class))
                .toList();
    }
}
