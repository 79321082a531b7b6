package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.peer.Peers;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.TaskPhase;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind the question mark; refuses with {@link InvalidFieldException} what breaks a rule. */
final class QueryFields {

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final int SHOWN = 60;
    private static final int LONGEST_CODE = 60;

    private QueryFields() {}

    static int limit(@Nullable String text, int without, int most) {
        if (text == null) {
            return without;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Refused like any other value that is no limit.
        }
        throw refused("limit", text, "must be 1 to " + most);
    }

    /** An instant, or a duration back from now. */
    static Instant since(String text, Instant now) {
        try {
            if (!text.matches("[+-]?[Pp].*")) {
                return bounded(OffsetDateTime.parse(text).toInstant());
            }
            Duration back = Duration.parse(text);
            if (back.isPositive()) {
                return back.compareTo(Duration.between(Instant.EPOCH, now)) > 0 ? Instant.EPOCH : now.minus(back);
            }
        } catch (DateTimeException e) {
            // Refused like any other value that is no time.
        }
        throw refused(
                "since",
                text,
                "must be an ISO-8601 instant with its offset such as 2026-01-02T03:04:05Z, or a duration longer than"
                        + " zero such as PT2H");
    }

    /** Kafka's time begins with the epoch and ends with a number of milliseconds. */
    private static Instant bounded(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return time.isAfter(END) ? END : time;
    }

    static @Nullable String agent(@Nullable String text) {
        return text == null ? null : TaskSpec.of(text, Payload.NULL).agent();
    }

    static @Nullable String code(@Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > LONGEST_CODE)) {
            throw refused("code", text, "must be 1 to " + LONGEST_CODE + " characters");
        }
        return text;
    }

    static @Nullable RunId runId(@Nullable String text) {
        return text == null ? null : new RunId(text);
    }

    static @Nullable RunStatus status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return RunQueries.LISTED.stream()
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> refused("status", text, "must be one of " + RunQueries.LISTED));
    }

    /** Where tasks are; all when there is no text. */
    static Set<TaskPhase> phases(@Nullable String text) {
        if (text == null) {
            return TaskPhase.ALL;
        }
        try {
            return Arrays.stream(text.split(",", -1)).map(TaskPhase::valueOf).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw refused(
                    "state",
                    text,
                    "must be one or more of " + Arrays.toString(TaskPhase.values()) + ", separated by commas");
        }
    }

    /** Numbers of home partitions. */
    static Set<Integer> partitions(String text) {
        try {
            return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
        } catch (NumberFormatException e) {
            throw refused(Peers.PARTITIONS, text, "must be numbers of home partitions, separated by commas");
        }
    }

    private static InvalidFieldException refused(String field, String text, String rule) {
        return new InvalidFieldException(field, shown(text), rule);
    }

    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
