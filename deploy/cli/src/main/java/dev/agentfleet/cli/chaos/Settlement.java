package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Aftermath;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Records;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** After the faults: waits until all has ended, or for as long as it may take, and writes down what is left. */
final class Settlement {
    private static final Duration CHECK = Duration.ofMillis(500);
    private static final Duration LONG_CHECK = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final KafkaClients kafka;
    private final Time time;
    private final Consumer<String> say;

    Settlement(Cluster cluster, KafkaClients kafka, Time time, Consumer<String> say) {
        this.cluster = cluster;
        this.kafka = kafka;
        this.time = time;
        this.say = say;
    }

    /** What the topics hold then. */
    Records await(Workload workload, Duration patience) throws InterruptedException {
        Instant from = time.instant();
        Instant until = from.plus(patience);
        while (!workload.unended().isEmpty() && time.instant().isBefore(until)) {
            time.sleep(CHECK);
        }
        Records records = TopicsReader.read(kafka);
        while (!isSettled(records) && time.instant().isBefore(until)) {
            time.sleep(LONG_CHECK);
            records = TopicsReader.read(kafka);
        }
        say.accept("waited " + Duration.between(from, time.instant()).toSeconds() + " s for the end of all work");
        return records;
    }

    Aftermath aftermath(Records records, boolean rebuild) throws IOException, InterruptedException {
        WorkersGroup group = WorkersGroup.seen(kafka);
        Map<RunId, Optional<String>> before = null;
        Map<RunId, Optional<String>> after = null;
        if (rebuild) {
            say.accept(
                    "kill -9 of every orchestrator; what they show of each run is compared with what they showed before");
            before = views(records);
            cluster.rebuildState();
            after = views(records);
        }
        return new Aftermath(
                unended(records), group.committed(), group.unowned(), group.state(), cluster.deaths(), before, after);
    }

    private boolean isSettled(Records records) throws InterruptedException {
        WorkersGroup group = WorkersGroup.seen(kafka);
        return unended(records).isEmpty()
                && group.isStable()
                && records.assignments().stream()
                        .allMatch(assignment -> assignment.offset()
                                < group.committed()
                                        .getOrDefault(assignment.position().partition(), 0L));
    }

    /** Runs that were submitted and have neither completed nor been refused. */
    private static Set<RunId> unended(Records records) {
        var runs = new HashSet<RunId>();
        records.requests().stream()
                .map(Logged::message)
                .filter(asked -> asked.request() instanceof SubmitRun)
                .forEach(asked -> runs.add(asked.runId()));
        Set<RunId> completed = new HashSet<>();
        Set<RunId> started = new HashSet<>();
        Set<RunId> refused = new HashSet<>();
        records.events().forEach(event -> {
            switch (event.message()) {
                case RunCompleted done -> completed.add(done.runId());
                case RunRejected rejected -> refused.add(rejected.runId());
                case TaskOutcome outcome -> started.add(outcome.runId());
            }
        });
        refused.removeAll(started);
        runs.removeAll(completed);
        runs.removeAll(refused);
        return runs;
    }

    private Map<RunId, Optional<String>> views(Records records) throws InterruptedException {
        var views = new HashMap<RunId, Optional<String>>();
        for (Logged<Records.AtHome> request : records.requests()) {
            RunId run = request.message().runId();
            if (!views.containsKey(run)) {
                views.put(run, view(run));
            }
        }
        return views;
    }

    private Optional<String> view(RunId run) throws InterruptedException {
        @Nullable Exception last = null;
        for (int attempt = 0; attempt < 20; attempt++) {
            try {
                RunView view = cluster.api().run(run);
                return Optional.of(view.toString());
            } catch (ProblemException e) {
                if (e.problem().status() == 404) {
                    return Optional.of("unknown");
                }
                last = e;
            } catch (UnreachableException e) {
                last = e;
            }
            time.sleep(CHECK);
        }
        say.accept("no answer about run " + run + ": " + last);
        return Optional.empty();
    }
}
