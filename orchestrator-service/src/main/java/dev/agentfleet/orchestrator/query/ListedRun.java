package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Run;
import java.time.Instant;
import java.util.Comparator;

/**
 * A run's place in the list of runs: the newest comes first.
 *
 * @param admittedAt whole milliseconds
 */
public record ListedRun(Instant admittedAt, RunId id) implements Comparable<ListedRun> {

    private static final Comparator<ListedRun> ORDER =
            Comparator.comparing(ListedRun::admittedAt).reversed().thenComparing(ListedRun::id);
    private static final int SHOWN = 60;

    public static ListedRun of(Run run) {
        return new ListedRun(Instant.ofEpochMilli(run.spec().admittedAt().toEpochMilli()), run.id());
    }

    /** Reads the form of {@link #cursor()}; throws {@link InvalidFieldException} for any other. */
    public static ListedRun parse(String cursor) {
        int colon = cursor.indexOf(':');
        try {
            return new ListedRun(
                    Instant.ofEpochMilli(Long.parseLong(cursor, 0, Math.max(colon, 0), 10)),
                    new RunId(cursor.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            String shown = cursor.length() <= SHOWN ? cursor : cursor.substring(0, SHOWN) + "…";
            throw new InvalidFieldException("cursor", shown, "must be the next of an earlier page");
        }
    }

    public String cursor() {
        return admittedAt.toEpochMilli() + ":" + id;
    }

    @Override
    public int compareTo(ListedRun other) {
        return ORDER.compare(this, other);
    }
}
