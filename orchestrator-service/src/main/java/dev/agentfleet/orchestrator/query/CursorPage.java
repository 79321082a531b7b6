package dev.agentfleet.orchestrator.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that has no numbers.
 *
 * @param next what to ask for with {@code cursor} to go on; absent at the end
 */
public record CursorPage<T>(List<T> items, @Nullable String next) {
    public CursorPage {
        items = List.copyOf(items);
    }
}
