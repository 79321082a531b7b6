package dev.agentfleet.orchestrator.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to ask for with {@code after} to go on; absent at the end
 */
public record Page<T>(List<T> items, @Nullable Integer next) {
    public Page {
        items = List.copyOf(items);
    }
}
