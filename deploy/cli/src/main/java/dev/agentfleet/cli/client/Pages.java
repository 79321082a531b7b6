package dev.agentfleet.cli.client;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A list that the orchestrator hands out page by page. */
final class Pages {
    private static final int MOST_PER_PAGE = 1_000;

    private Pages() {}

    /** One page. */
    @FunctionalInterface
    interface Source<T> {
        CursorPage<T> page(int limit, @Nullable String cursor) throws InterruptedException;
    }

    /** Hands out at most so many entries; returns whether there may be more. */
    static <T> boolean forEach(Source<T> source, int limit, Consumer<T> action) throws InterruptedException {
        int left = limit;
        String cursor = null;
        do {
            CursorPage<T> page = source.page(Math.min(left, MOST_PER_PAGE), cursor);
            page.items().forEach(action);
            left -= page.items().size();
            cursor = page.next();
        } while (cursor != null && left > 0);
        return cursor != null;
    }
}
