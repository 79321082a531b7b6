package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tasks as submitted. Keeps the pages in use at hand: dispatch walks them in order, results come close behind. */
final class TaskSpecs {

    private static final int MOST_CACHED = 512;

    private final RunStore store;

    private final Map<PageKey, TaskPage> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PageKey, TaskPage> eldest) {
            return size() > MOST_CACHED;
        }
    };

    TaskSpecs(RunStore store) {
        this.store = store;
    }

    void add(RunId id, int base, List<TaskSpec> tasks) {
        for (TaskPage page : TaskPage.cut(base, tasks)) {
            store.add(id, page);
        }
    }

    TaskSpec get(RunId id, int index) {
        // Most pages are full: their place tells their key. Any other is found in the store.
        TaskPage page = recent.get(new PageKey(id, index / 100));
        if (page == null || !page.holds(index)) {
            page = store.pageOf(id, index);
            if (page == null) {
                throw new IllegalStateException("no task " + id + '/' + index + " is stored");
            }
            recent.put(new PageKey(id, index / 100), page);
        }
        return page.task(index);
    }

    private record PageKey(RunId id, int hundred) {}
}
