package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring tasks as submitted: the unit in which they are stored.
 *
 * @param base index of the first
 */
public record TaskPage(int base, List<TaskSpec> tasks) {

    static final int MOST_TASKS = 100;
    private static final int OVERHEAD_CHARS = 100;
    private static final int MOST_CHARS = 256 * 1024;

    public TaskPage {
        tasks = List.copyOf(tasks);
    }

    public boolean holds(int index) {
        return index >= base && index < base + tasks.size();
    }

    public TaskSpec task(int index) {
        return tasks.get(index - base);
    }

    /** About how much memory it takes. */
    long chars() {
        long sum = 0;
        for (TaskSpec task : tasks) {
            sum += OVERHEAD_CHARS + task.inputOrNull().json().length();
        }
        return sum;
    }

    /** Cuts the tasks into pages of bounded number and size. */
    static List<TaskPage> cut(int base, List<TaskSpec> tasks) {
        List<TaskPage> pages = new ArrayList<>();
        int from = 0;
        long chars = 0;
        for (int i = 0; i < tasks.size(); i++) {
            int size = tasks.get(i).inputOrNull().json().length();
            if (i > from && (i - from >= MOST_TASKS || chars + size > MOST_CHARS)) {
                pages.add(new TaskPage(base + from, tasks.subList(from, i)));
                from = i;
                chars = 0;
            }
            chars += size;
        }
        pages.add(new TaskPage(base + from, tasks.subList(from, tasks.size())));
        return pages;
    }
}
