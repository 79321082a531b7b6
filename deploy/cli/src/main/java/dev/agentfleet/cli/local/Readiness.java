package dev.agentfleet.cli.local;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.client.WorkerView;
import dev.agentfleet.cli.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Waits until children serve; gives up at once when one of them ends meanwhile. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration CHECK = Duration.ofMillis(50);
    private static final int SHOWN_LINES = 15;
    private static final Pattern BROKER = Pattern.compile("READY bootstrap=(\\S+)");
    private static final Pattern HTTP = Pattern.compile("Listening on: (http://[0-9.:]+)");

    private final Time time;
    private final BooleanSupplier stopping;

    /** Something that is there, or not yet. */
    private interface Probe<T> {
        Optional<T> look() throws InterruptedException;
    }

    Readiness(Time time, BooleanSupplier stopping) {
        this.time = time;
        this.stopping = stopping;
    }

    /** The broker's address. */
    String broker(Child broker) throws InterruptedException {
        return await(broker, () -> broker.find(BROKER));
    }

    /** The address that a service says it listens on. */
    String address(Child service) throws InterruptedException {
        return await(service, () -> service.find(HTTP));
    }

    FleetApi orchestrator(Child orchestrator) throws InterruptedException {
        String address = address(orchestrator);
        var api = new FleetApi(URI.create(address));
        return await(orchestrator, () -> api.isReady() ? Optional.of(api) : Optional.empty());
    }

    /** @param since when the workers meant here started; those heard of only before are others */
    void workers(FleetApi api, Child last, long number, Instant since) throws InterruptedException {
        var _ = await(last, () -> heardOf(api, since) >= number ? Optional.of(number) : Optional.empty());
    }

    private static long heardOf(FleetApi api, Instant since) throws InterruptedException {
        try {
            return api.workers().stream()
                    .filter(worker -> worker.lastHeard().isAfter(since))
                    .map(WorkerView::heartbeat)
                    .filter(heartbeat -> !heartbeat.draining())
                    .count();
        } catch (UnreachableException | ProblemException e) {
            return 0;
        }
    }

    private <T> T await(Child child, Probe<T> probe) throws InterruptedException {
        Instant giveUp = time.instant().plus(PATIENCE);
        while (true) {
            if (stopping.getAsBoolean()) {
                throw new InterruptedException("the fleet is being stopped");
            }
            var found = probe.look();
            if (found.isPresent()) {
                return found.get();
            }
            if (!child.isAlive()) {
                throw failure(child, child.ending());
            }
            if (time.instant().isAfter(giveUp)) {
                throw failure(child, "was not ready after " + PATIENCE.toSeconds() + " s");
            }
            time.sleep(CHECK);
        }
    }

    private static LocalFleetException failure(Child child, String what) {
        return new LocalFleetException(child.name() + " " + what + "; the end of " + child.log() + ":\n    "
                + String.join("\n    ", child.lastLines(SHOWN_LINES)));
    }
}
