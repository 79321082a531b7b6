package dev.agentfleet.orchestrator.query;

import dev.agentfleet.orchestrator.run.Redrive;
import dev.agentfleet.orchestrator.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * How far the redrive is that opened a run's present revision.
 *
 * @param looked tasks that it has looked at, of all the run's tasks in order
 * @param taken how many of them it has taken up
 * @param rate most that it takes up in a second; null without a limit
 * @param max most that it takes up in all; null without a limit
 * @param ended whether it takes up no more
 */
public record RedriveView(
        int looked,
        int taken,
        @Nullable Integer rate,
        @Nullable Integer max,
        boolean ended) {

    static @Nullable RedriveView of(Run run) {
        Redrive redrive = run.redrive();
        if (redrive == null) {
            return null;
        }
        boolean ended = run.stop() != null || redrive.isFull() || !run.isRedriving();
        var request = redrive.request();
        return new RedriveView(redrive.cursor(), redrive.taken(), request.rate(), request.max(), ended);
    }
}
