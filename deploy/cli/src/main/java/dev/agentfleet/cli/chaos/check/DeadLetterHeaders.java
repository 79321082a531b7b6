package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Buried;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.contract.Headers;
import java.util.List;

/** Every dead letter says why it lies there, and of what it is one. */
final class DeadLetterHeaders implements Check {
    private static final List<String> OF_RECORD =
            List.of(Headers.REASON, Headers.SOURCE_TOPIC, Headers.SOURCE_PARTITION, Headers.SOURCE_OFFSET);
    private static final List<String> OF_TASK =
            List.of(Headers.REASON, Headers.RUN_ID, Headers.TASK_ID, Headers.ATTEMPT);

    @Override
    public void look(History history, Runs runs, Findings findings) {
        for (Logged<Buried> letter : history.records().deadLetters()) {
            var headers = letter.message().headers();
            boolean record = OF_RECORD.stream().skip(1).anyMatch(headers::containsKey);
            List<String> missing = (record ? OF_RECORD : OF_TASK)
                    .stream().filter(name -> !headers.containsKey(name)).toList();
            findings.require(
                    Invariant.I6,
                    missing.isEmpty(),
                    () -> "the dead letter at " + letter.position() + " of "
                            + headers.getOrDefault(
                                    Headers.TASK_ID, headers.getOrDefault(Headers.SOURCE_TOPIC, "an unknown topic"))
                            + " lacks " + missing);
        }
    }
}
