package dev.agentfleet.cli.chaos.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Collects what checks see. */
final class Findings {
    private static final int KEPT = 20;

    private final Map<Invariant, List<String>> violations = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Integer> broken = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Integer> looked = new EnumMap<>(Invariant.class);

    /** Counts one look at the invariant, and what is wrong if it does not hold. */
    void require(Invariant invariant, boolean holds, Supplier<String> otherwise) {
        looked.merge(invariant, 1, Integer::sum);
        if (!holds) {
            broken.merge(invariant, 1, Integer::sum);
            List<String> kept = violations.computeIfAbsent(invariant, _ -> new ArrayList<>());
            if (kept.size() < KEPT) {
                kept.add(otherwise.get());
            }
        }
    }

    List<Verdict> verdicts() {
        return Arrays.stream(Invariant.values())
                .map(invariant -> new Verdict(
                        invariant,
                        looked.getOrDefault(invariant, 0),
                        broken.getOrDefault(invariant, 0),
                        violations.getOrDefault(invariant, List.of())))
                .toList();
    }
}
