package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** The tasks as submitted. Keeps the pages in use at hand: dispatch walks them in order, results come close behind. */
final class TaskSpecs {

    /** About so much text of tasks is kept at hand for one home partition. */
    private static final long MOST_CHARS = 4_000_000;

    private final RunStore store;
    private final LinkedHashMap<PageKey, TaskPage> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long chars;

    TaskSpecs(RunStore store) {
        this.store = store;
    }

    void add(RunId id, int base, List<TaskSpec> tasks) {
        for (TaskPage page : TaskPage.cut(base, tasks)) {
            store.add(id, page);
            keep(new PageKey(id, page.base() / TaskPage.MOST_TASKS), page);
        }
    }

    TaskSpec get(RunId id, int index) {
        // Most pages are full: their place tells their key. Any other is found in the store.
        PageKey key = new PageKey(id, index / TaskPage.MOST_TASKS);
        TaskPage page = recent.get(key);
        if (page == null || !page.holds(index)) {
            page = store.pageOf(id, index);
            if (page == null) {
                throw new IllegalStateException("no task " + id + '/' + index + " is stored");
            }
            keep(key, page);
        }
        return page.task(index);
    }

    /** The run was deleted: another one may come under its name. */
    void forget(Run run) {
        int pages = run.intake().tasks() / TaskPage.MOST_TASKS + 1;
        List<PageKey> keys = pages < recent.size()
                ? IntStream.range(0, pages)
                        .mapToObj(hundred -> new PageKey(run.id(), hundred))
                        .toList()
                : recent.keySet().stream()
                        .filter(key -> key.id().equals(run.id()))
                        .toList();
        for (PageKey key : keys) {
            TaskPage former = recent.remove(key);
            chars -= former == null ? 0 : former.chars();
        }
    }

    private void keep(PageKey key, TaskPage page) {
        TaskPage former = recent.put(key, page);
        chars += page.chars() - (former == null ? 0 : former.chars());
        while (chars > MOST_CHARS && recent.size() > 1) {
            chars -= recent.pollFirstEntry().getValue().chars();
        }
    }

    /** @param hundred index of a task divided by the size of a full page */
    private record PageKey(RunId id, int hundred) {}
}
