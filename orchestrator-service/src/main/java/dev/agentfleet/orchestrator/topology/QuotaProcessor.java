package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.orchestrator.budget.BudgetBook;
import dev.agentfleet.orchestrator.quota.LaneAnswer;
import dev.agentfleet.orchestrator.quota.LaneDecisions;
import dev.agentfleet.orchestrator.quota.LaneLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The owner of all lanes and budgets: reads what is asked, decides by the broker's time, and answers in one transaction. See ADR 41, 44. */
final class QuotaProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    static final String LANES = "lanes";

    private static final Duration FIRST_WORD = Duration.ofMillis(50);
    /** Well below the retention of the control topic: no worker may find it without the limits. */
    private static final Duration REPEATED_EVERY = Duration.ofHours(1);

    private final HomeSettings settings;
    private final QuotaSettings quotas;
    private final LaneDecisions decisions;
    private final TreeMap<Lane, LaneLedger> lanes = new TreeMap<>();
    private @Nullable Wired wired;
    private @Nullable Cancellable word;

    QuotaProcessor(HomeSettings settings, QuotaSettings quotas) {
        this.settings = settings;
        this.quotas = quotas;
        this.decisions = new LaneDecisions(quotas.rules());
    }

    private record Wired(
            ProcessorContext<byte[], byte[]> context,
            KeyValueStore<Bytes, byte[]> store,
            BudgetBook budgets,
            UnreadableRecords unreadable,
            PacedCommits commits) {}

    /** Streams calls this again after a failure: everything in memory starts anew from the store. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        close();
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(LANES);
        Wired it = new Wired(
                context,
                store,
                new BudgetBook(
                        new StreamsBudgetStore(context.getStateStore(StreamsBudgetStore.BUDGETS)),
                        settings.retention().time().plus(RunOptions.MAX_DURATION)),
                new UnreadableRecords(
                        context, Sinks.QUOTA_DEAD_LETTERS, settings.telemetry().unreadable()),
                new PacedCommits(context, settings.commits(), settings.afterCommit()));
        wired = it;
        try (KeyValueIterator<Bytes, byte[]> stored = store.all()) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> lane = stored.next();
                lanes.put(
                        Lane.parse(new String(lane.key.get(), StandardCharsets.UTF_8)),
                        StateJson.LANE.read(lane.value));
            }
        }
        // What configuration gives is stored with the first word, which is sent in a transaction.
        word = context.schedule(FIRST_WORD, PunctuationType.WALL_CLOCK_TIME, time -> firstWord(it));
    }

    @Override
    public void close() {
        if (word != null) {
            word.cancel();
        }
        if (wired != null) {
            wired.commits().close();
        }
        lanes.keySet().forEach(lane -> quotas.listener().lane(lane, null, 0));
        lanes.clear();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Wired it = wired();
        it.commits().taken();
        String objection = handle(it, record);
        if (objection != null) {
            it.unreadable().bury(record, it.context().recordMetadata().orElseThrow(), objection);
        }
        it.commits().handled();
    }

    /** Returns why the record cannot be read; null when it was. */
    private @Nullable String handle(Wired it, Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return "value: is missing; it must be a request for quota";
        }
        Message message;
        try {
            message = Json.read(record.value(), Message.class);
        } catch (UnreadableMessageException e) {
            return String.valueOf(e.getMessage());
        }
        return switch (message) {
            case QuotaRequest request -> {
                handle(it, request, record.timestamp());
                yield null;
            }
            case BudgetRequest request -> {
                handle(it, request, record.timestamp());
                yield null;
            }
            case Message other -> "type: must be a request for quota, or about a budget";
        };
    }

    private void handle(Wired it, BudgetRequest request, long time) {
        BudgetReserved answer = it.budgets().take(request, time);
        if (answer != null) {
            forward(it, Sinks.QUOTA_GRANTS, answer.workerId(), answer);
        }
    }

    private void handle(Wired it, QuotaRequest request, long time) {
        Lane lane = request.lane();
        LaneAnswer answer = decisions.decide(ledger(lane), request, time);
        PermitsGranted granted = answer.granted();
        if (granted != null) {
            forward(it, Sinks.QUOTA_GRANTS, granted.workerId(), granted);
        }
        Control control = answer.control();
        if (control != null) {
            tell(it, control);
        }
        keep(it, lane, answer.next(), granted == null ? 0 : granted.amount().requests());
    }

    private LaneLedger ledger(Lane lane) {
        LaneLedger known = lanes.get(lane);
        return known == null ? LaneLedger.of(quotas.limits(lane)) : known;
    }

    private void keep(Wired it, Lane lane, LaneLedger ledger, long granted) {
        Bytes key = Bytes.wrap(bytes(lane.toString()));
        if (ledger.blank()) {
            lanes.remove(lane);
            it.store().delete(key);
            quotas.listener().lane(lane, null, granted);
        } else {
            lanes.put(lane, ledger);
            it.store().put(key, StateJson.LANE.write(ledger));
            quotas.listener().lane(lane, ledger, granted);
        }
    }

    private void firstWord(Wired it) {
        if (word != null) {
            word.cancel();
        }
        Set<Lane> all = new TreeSet<>(lanes.keySet());
        all.addAll(quotas.lanes().keySet());
        for (Lane lane : all) {
            LaneLedger ledger = ledger(lane).configuredTo(quotas.limits(lane));
            keep(it, lane, ledger, 0);
            tell(it, new LimitLane(lane, ledger.limits()));
        }
        it.context().commit();
        word = it.context().schedule(REPEATED_EVERY, PunctuationType.WALL_CLOCK_TIME, time -> repeat(it));
    }

    private void repeat(Wired it) {
        lanes.forEach((lane, ledger) -> tell(it, new LimitLane(lane, ledger.limits())));
        it.context().commit();
    }

    private void tell(Wired it, Control control) {
        forward(it, Sinks.QUOTA_CONTROL, Topics.controlKey(control), control);
    }

    private static void forward(Wired it, String sink, String key, Message message) {
        // The topics' LogAppendTime replaces this time.
        long time = Math.max(0, it.context().currentStreamTimeMs());
        it.context().forward(new Record<>(bytes(key), Json.write(message), time), sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Wired wired() {
        if (wired == null) {
            throw new IllegalStateException("init comes first");
        }
        return wired;
    }
}
