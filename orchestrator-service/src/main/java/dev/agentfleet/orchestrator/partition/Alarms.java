package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * When to look at which active run: one entry a run, in memory, because the run's record tells its times. An alarm may
 * ring early, never late: whoever is called looks at the run itself.
 */
final class Alarms {

    private record Alarm(Instant at, RunId id) {}

    private static final int MOST_PER_TICK = 500;

    private final NavigableSet<Alarm> queue =
            new TreeSet<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::id));
    private final Map<RunId, Alarm> set = new HashMap<>();

    void clear() {
        queue.clear();
        set.clear();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void set(Run run) {
        Instant at = run.nextAlarm();
        Alarm known = set.get(run.id());
        if (known != null && (at == null || at.isBefore(known.at()))) {
            remove(known);
            known = null;
        }
        if (at != null && known == null) {
            Alarm alarm = new Alarm(at, run.id());
            set.put(run.id(), alarm);
            queue.add(alarm);
        }
    }

    /** Calls the action once for every run whose time has come; what it sets again rings at the next call. */
    void ring(Instant now, Consumer<RunId> action) {
        List<Alarm> due = new ArrayList<>();
        while (due.size() < MOST_PER_TICK
                && !queue.isEmpty()
                && !queue.first().at().isAfter(now)) {
            Alarm alarm = queue.first();
            remove(alarm);
            due.add(alarm);
        }
        due.forEach(alarm -> action.accept(alarm.id()));
    }

    private void remove(Alarm alarm) {
        queue.remove(alarm);
        set.remove(alarm.id());
    }
}
