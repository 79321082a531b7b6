package dev.agentfleet.orchestrator.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers what operators ask of the dead letters. */
public final class DeadLetterQueries {

    private static final Duration PAGE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration STREAM_PATIENCE = Duration.ofDays(1);
    private static final int MOST_CHARS = 4 * 1024 * 1024;

    private final DeadLetters letters;

    public DeadLetterQueries(DeadLetters letters) {
        this.letters = letters;
    }

    /** At most so many; fewer, even none, with a cursor to go on when inputs are large or little of much matches. */
    public CursorPage<DeadLetterView> page(DeadLetterQuery query, int limit) {
        List<DeadLetterView> items = new ArrayList<>();
        int[] chars = new int[1];
        Optional<String> next = letters.forEach(query, PAGE_PATIENCE, letter -> {
            items.add(letter);
            chars[0] += letter.size();
            return items.size() < limit && chars[0] < MOST_CHARS;
        });
        return new CursorPage<>(items, next.orElse(null));
    }

    /** Hands out at most so many of all that match. */
    public void forEach(DeadLetterQuery query, long limit, Consumer<DeadLetterView> action) {
        long[] left = {limit};
        letters.forEach(query, STREAM_PATIENCE, letter -> {
            action.accept(letter);
            return --left[0] > 0;
        });
    }
}
