package dev.agentfleet.cli.local;

import dev.agentfleet.cli.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Children of a fleet whose command was killed: they end by themselves, and are ended when they do not. */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DEATH = Duration.ofSeconds(2);
    private static final Duration CHECK = Duration.ofMillis(50);

    private Leftovers() {}

    static void end(Path directory, Time time, Consumer<String> note) throws InterruptedException {
        FleetState left = FleetState.read(directory).orElse(null);
        if (left == null) {
            return;
        }
        note.accept("taking over from a fleet that was not stopped (pid " + left.pid() + ")");
        Instant giveUp = time.instant().plus(PATIENCE);
        while (!alive(left).isEmpty() && time.instant().isBefore(giveUp)) {
            time.sleep(CHECK);
        }
        for (FleetState.Member member : alive(left)) {
            note.accept("killing its " + member.name() + " (pid " + member.pid() + ")");
            member.process().ifPresent(ProcessHandle::destroyForcibly);
        }
        // Bounded: where nobody reaps orphans, a dead one counts as alive for ever.
        Instant certain = time.instant().plus(DEATH);
        while (!alive(left).isEmpty() && time.instant().isBefore(certain)) {
            time.sleep(CHECK);
        }
    }

    private static List<FleetState.Member> alive(FleetState state) {
        return state.processes().stream()
                .filter(member -> member.process().isPresent())
                .toList();
    }
}
