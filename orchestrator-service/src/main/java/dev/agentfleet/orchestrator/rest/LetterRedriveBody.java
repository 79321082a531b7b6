package dev.agentfleet.orchestrator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.orchestrator.redrive.LetterRedrive;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to have dead letters redriven.
 *
 * @param filter which; default those that FAILED or TIMED_OUT
 * @param since an ISO-8601 instant, or a duration back from now; default {@value #SINCE}
 * @param cursor the next of an earlier answer
 * @param rate most tasks taken up in a second, of all runs together
 * @param max most tasks taken up, of all runs together
 * @param dryRun whether nothing is to be done but to say what would be
 */
public record LetterRedriveBody(
        @Nullable RedriveFilter filter,
        @Nullable String since,
        @Nullable String cursor,
        @Nullable Integer rate,
        @Nullable Integer max,
        @Nullable Boolean dryRun) {

    private static final String SINCE = "P1D";

    /** Reads it. A name it does not know is refused: a filter or a dryRun that is misspelt must not redrive everything. */
    static LetterRedriveBody read(byte[] body) {
        JsonNode tree = Json.readPart(body, JsonNode.class);
        requireKnown(tree, LetterRedriveBody.class, "");
        requireKnown(tree.path("filter"), RedriveFilter.class, "filter.");
        return Json.readPart(body, LetterRedriveBody.class);
    }

    private static void requireKnown(JsonNode object, Class<? extends Record> type, String prefix) {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName())
                .toList();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new InvalidFieldException(prefix + "?", QueryFields.shown(name), "must be one of " + known);
            }
        }
    }

    LetterRedrive asked(Instant now) {
        if (filter == null && since == null && cursor == null) {
            throw new InvalidFieldException(
                    "filter", "null", "must be given, or since: all dead letters together are seldom meant");
        }
        return new LetterRedrive(
                QueryFields.since(Objects.requireNonNullElse(since, SINCE), now),
                cursor,
                Objects.requireNonNullElse(filter, RedriveFilter.FAILED),
                rate,
                max);
    }

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }
}
