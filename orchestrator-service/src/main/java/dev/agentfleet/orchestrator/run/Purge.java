package dev.agentfleet.orchestrator.run;

import org.jspecify.annotations.Nullable;

/**
 * The durable mark that a finished run is no longer kept. It counts at once: nobody finds the run from then on; its state is
 * deleted slice by slice behind it.
 *
 * @param part what is being deleted; the parts before it are gone
 * @param from every entry of that part with a lower number is gone
 */
public record Purge(Part part, int from) {

    /** Nothing is deleted yet. */
    public static final Purge BEGUN = new Purge(Part.TASKS, 0);

    /** What is stored of a run besides its record, in the order in which it is deleted. */
    public enum Part {
        /** States, numbered by the task's index. */
        TASKS,
        /** Outcomes of earlier revisions, numbered by the task's index. */
        OUTCOMES,
        /** Tasks as submitted, numbered by the index of a page's first. */
        PAGES,
        /** Numbered by chunk. */
        CHUNK_HASHES,
        /** Chunks that came early, numbered likewise. */
        KEPT_CHUNKS
    }

    public Purge to(int number) {
        return new Purge(part, number);
    }

    /** Goes on with the next part; null after the last. */
    public @Nullable Purge following() {
        int next = part.ordinal() + 1;
        return next == Part.values().length ? null : new Purge(Part.values()[next], 0);
    }
}
