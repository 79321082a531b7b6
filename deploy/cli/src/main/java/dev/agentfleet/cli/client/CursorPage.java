package dev.agentfleet.cli.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of a list.
 *
 * @param next what the next page is asked for with; absent on the last page
 */
public record CursorPage<T>(List<T> items, @Nullable String next) {}
