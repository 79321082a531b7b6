package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Buried;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Poison;
import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each poison record is accounted for: put aside whole, sent home, answered, reported on, or of no concern to anyone. */
final class PoisonIsolation implements Check {
    /** Larger records are cut to fit. */
    private static final int MOST_WHOLE = 2 * 1024 * 1024;

    @Override
    public void look(History history, Runs runs, Findings findings) {
        if (!history.poison().isEmpty()) {
            var seen = new Seen(history);
            history.poison().forEach(record -> look(record, seen, findings));
        }
    }

    private static void look(Poison record, Seen seen, Findings findings) {
        String topic = record.position().topic();
        if (topic.equals(Topics.DEFAULT.requests())) {
            judge(record, Reading.request(record), seen, findings);
        } else if (topic.equals(Topics.DEFAULT.results())) {
            judge(record, Reading.result(record), seen, findings);
        } else if (topic.startsWith(Topics.DEFAULT.tasks(""))) {
            judge(record, Reading.assignment(record), seen, findings);
        }
    }

    private static void judge(Poison record, Reading reading, Seen seen, Findings findings) {
        List<Logged<Buried>> letters = seen.letters(record.position());
        switch (reading) {
            case Reading.Unreadable() -> buried(record, letters, findings);
            case Reading.Asked asked -> {
                notBuried(record, letters, findings);
                findings.require(
                        Invariant.I6,
                        seen.home.contains(asked.runId()),
                        () -> record + ": is a request of run " + asked.runId() + " and never came to its home");
                findings.require(
                        Invariant.I6,
                        asked.request() instanceof CancelRun || seen.answered.contains(asked.runId()),
                        () -> record + ": asks "
                                + asked.request().getClass().getSimpleName() + " of run " + asked.runId()
                                + " and nothing answered it");
            }
            case Reading.Assigned assigned -> {
                notBuried(record, letters, findings);
                findings.require(
                        Invariant.I6,
                        seen.reported.contains(attempt(assigned.taskId(), assigned.attempt()))
                                || seen.isCancelled(assigned),
                        () -> record + ": assigns attempt " + assigned.attempt() + " of task " + assigned.taskId()
                                + " and no worker reported on it");
            }
            case Reading.Reported() -> notBuried(record, letters, findings);
        }
    }

    private static void notBuried(Poison record, List<Logged<Buried>> letters, Findings findings) {
        findings.require(
                Invariant.I6,
                letters.isEmpty(),
                () -> record + ": can be read, and lies in the dead letters: "
                        + letters.getFirst().message().headers().get(Headers.REASON));
    }

    /** The orchestrator puts aside exactly once, a worker at least once. */
    private static void buried(Poison record, List<Logged<Buried>> letters, Findings findings) {
        boolean worker = record.position().topic().startsWith(Topics.DEFAULT.tasks(""));
        findings.require(
                Invariant.I6,
                worker ? !letters.isEmpty() : letters.size() == 1,
                () -> record + ": cannot be read, and has " + letters.size() + " dead letters");
        for (Logged<Buried> letter : letters) {
            findings.require(
                    Invariant.I6,
                    isWhole(record, letter.message()),
                    () -> record + ": its dead letter at " + letter.position() + " holds "
                            + length(letter.message().value()) + " of its " + length(record.value())
                            + " bytes, or lacks headers it had");
        }
    }

    private static boolean isWhole(Poison record, Buried letter) {
        return length(record.value()) > MOST_WHOLE
                || (Arrays.equals(record.value(), letter.value())
                        && record.headers().keySet().stream()
                                .filter(name -> !name.equals(Headers.REASON) && !name.startsWith("fleet-source"))
                                .allMatch(letter.headers()::containsKey));
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static String attempt(TaskId task, int attempt) {
        return task.toString() + '#' + attempt;
    }

    /** What of a history answers poison. */
    private static final class Seen {
        private final Map<Position, List<Logged<Buried>>> letters = new HashMap<>();
        private final Set<RunId> home;
        private final Set<RunId> answered;
        private final Set<String> reported;
        /** Up to which revision other poison has cancelled a run of that name. */
        private final Map<RunId, Integer> cancelled = new HashMap<>();

        Seen(History history) {
            home = history.records().requests().stream()
                    .map(request -> request.message().runId())
                    .collect(Collectors.toSet());
            answered = history.records().events().stream()
                    .map(event -> event.message().runId())
                    .collect(Collectors.toSet());
            reported = history.records().reports().stream()
                    .map(report ->
                            attempt(report.message().taskId(), report.message().attempt()))
                    .collect(Collectors.toSet());
            history.poison().stream()
                    .filter(record -> record.position().topic().equals(Topics.DEFAULT.control()))
                    .forEach(this::cancel);
            for (Logged<Buried> letter : history.records().deadLetters()) {
                Position source = source(letter.message().headers());
                if (source != null) {
                    letters.computeIfAbsent(source, _ -> new ArrayList<>()).add(letter);
                }
            }
        }

        private void cancel(Poison record) {
            try {
                if (record.value() != null
                        && Json.read(record.value(), Control.class) instanceof CancelRun cancel
                        && cancel.runId() != null) {
                    int revision = cancel.revision() == null ? Integer.MAX_VALUE : cancel.revision();
                    cancelled.merge(cancel.runId(), revision, Math::max);
                }
            } catch (UnreadableMessageException e) {
                // It cancels nothing.
            }
        }

        /** A worker that can read it drops it without a report. */
        boolean isCancelled(Reading.Assigned assigned) {
            return assigned.revision() != null
                    && assigned.revision()
                            <= cancelled.getOrDefault(assigned.taskId().runId(), 0);
        }

        List<Logged<Buried>> letters(Position source) {
            return letters.getOrDefault(source, List.of());
        }

        private static @Nullable Position source(Map<String, String> headers) {
            String topic = headers.get(Headers.SOURCE_TOPIC);
            String partition = headers.get(Headers.SOURCE_PARTITION);
            String offset = headers.get(Headers.SOURCE_OFFSET);
            if (topic == null || partition == null || offset == null) {
                return null;
            }
            return new Position(topic, Integer.parseInt(partition), Long.parseLong(offset));
        }
    }
}
