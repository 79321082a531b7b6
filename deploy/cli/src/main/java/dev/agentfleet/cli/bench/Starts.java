package dev.agentfleet.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What the starts of a round show. In the order of their times. */
record Starts(List<StartLine> lines) {

    Starts {
        lines = List.copyOf(lines);
    }

    Starts only(Predicate<StartLine> which) {
        return new Starts(lines.stream().filter(which).toList());
    }

    /** The longest time without any start. */
    Duration longestGap(Instant from, Instant until) {
        Duration longest = Duration.ZERO;
        Instant last = from;
        for (StartLine line : lines) {
            if (line.at().isAfter(from) && line.at().isBefore(until)) {
                longest = longer(longest, Duration.between(last, line.at()));
                last = line.at();
            }
        }
        return longer(longest, Duration.between(last, until));
    }

    /** How long the first start of a task came after its run was due, at most. */
    Duration longestWait(Map<String, Instant> due) {
        Duration longest = Duration.ZERO;
        Set<String> started = new HashSet<>();
        for (StartLine line : lines) {
            Instant submitted = due.get(line.run());
            if (submitted != null && started.add(line.task())) {
                longest = longer(longest, Duration.between(submitted, line.at()));
            }
        }
        return longest;
    }

    /** Starts of an attempt that had started before. */
    int again() {
        return lines.size()
                - (int) lines.stream().map(StartLine::task).distinct().count();
    }

    /** Starts of a task that had started before, as the same attempt or as another. */
    int tasksAgain() {
        return lines.size()
                - (int) lines.stream().map(StartLine::taskId).distinct().count();
    }

    /** How long it took until every partition that the worker had was served by others. */
    Duration takenOver(String worker, Instant killed) {
        Map<Integer, String> lastBefore = new HashMap<>();
        Map<Integer, Instant> firstAfter = new HashMap<>();
        for (StartLine line : lines) {
            if (!line.at().isAfter(killed)) {
                lastBefore.put(line.partition(), line.worker());
            } else if (!line.worker().equals(worker)) {
                firstAfter.putIfAbsent(line.partition(), line.at());
            }
        }
        return lastBefore.entrySet().stream()
                .filter(partition -> partition.getValue().equals(worker) && firstAfter.containsKey(partition.getKey()))
                .map(partition -> Duration.between(killed, firstAfter.get(partition.getKey())))
                .max(Duration::compareTo)
                .orElseThrow(() -> new BenchException(worker + " had no partition that others took over"));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
