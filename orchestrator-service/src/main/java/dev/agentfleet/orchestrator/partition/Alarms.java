package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * When to look at which active run: one entry a run, in memory, because the run's record tells its times. An alarm may
 * ring early, never late: whoever is called looks at the run itself.
 */
final class Alarms {

    private record Alarm(Instant at, RunId id) {}

    private final PriorityQueue<Alarm> queue = new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private final Map<RunId, Instant> set = new HashMap<>();

    void clear() {
        queue.clear();
        set.clear();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void set(Run run) {
        Instant at = run.nextAlarm();
        Instant known = set.get(run.id());
        if (at == null) {
            set.remove(run.id());
        } else if (known == null || at.isBefore(known)) {
            set.put(run.id(), at);
            queue.add(new Alarm(at, run.id()));
        }
    }

    /** Calls the action once for every run whose time has come; what it sets again rings at the next call. */
    void ring(Instant now, Consumer<RunId> action) {
        List<RunId> due = new ArrayList<>();
        while (!queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            Alarm alarm = queue.remove();
            if (set.remove(alarm.id(), alarm.at())) {
                due.add(alarm.id());
            }
        }
        due.forEach(action);
    }
}
