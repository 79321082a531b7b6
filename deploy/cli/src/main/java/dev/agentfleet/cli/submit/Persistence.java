package dev.agentfleet.cli.submit;

import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.cli.view.Terminal;
import java.time.Duration;
import java.time.Instant;

/** Makes a call that may safely be made again until it succeeds, is refused, or the orchestrator stays away for too long. */
final class Persistence {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Time time;
    private final Terminal terminal;

    /** Something that reaches the orchestrator, or not. */
    @FunctionalInterface
    interface Call {
        void run() throws InterruptedException;
    }

    Persistence(Time time, Terminal terminal) {
        this.time = time;
        this.terminal = terminal;
    }

    /** The same for the first call of all: an orchestrator that is not there at all is not waited for. */
    void untilOnceThere(Call call) throws InterruptedException {
        try {
            call.run();
        } catch (UnreachableException e) {
            if (!e.isStarting()) {
                throw e;
            }
            until(call);
        }
    }

    void until(Call call) throws InterruptedException {
        Instant giveUp = time.instant().plus(PATIENCE);
        Duration pause = SHORTEST;
        while (true) {
            try {
                call.run();
                return;
            } catch (UnreachableException e) {
                if (time.instant().isAfter(giveUp)) {
                    throw e;
                }
                if (pause.equals(SHORTEST)) {
                    terminal.erase();
                    terminal.note(e.getMessage() + " (trying again for " + PATIENCE.toSeconds() + " s)");
                }
            }
            time.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
    }
}
