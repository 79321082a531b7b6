package dev.agentfleet.cli.chaos.check;

import java.util.List;

/**
 * How one invariant fared.
 *
 * @param looked how many things it was asked of; 0: it was not checked
 * @param violations what broke it, each naming run, task and what was seen; the first of them
 * @param broken how many there were in all
 */
public record Verdict(Invariant invariant, int looked, int broken, List<String> violations) {

    public Verdict {
        violations = List.copyOf(violations);
    }

    public boolean isBroken() {
        return broken > 0;
    }

    public String word() {
        if (isBroken()) {
            return "BROKEN";
        }
        return looked == 0 ? "not checked" : "holds";
    }
}
