package dev.agentfleet.cli.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks of a run, in order.
 *
 * @param next what the next page comes after; absent on the last page
 */
public record TaskPage(List<TaskView> items, @Nullable Integer next) {}
