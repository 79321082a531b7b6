package dev.agentfleet.worker.attempt;

import java.util.List;

/**
 * What an event makes of an attempt.
 *
 * @param effects to be carried out in this order; empty when the event means nothing in this state
 */
public record Decision(AttemptState next, List<AttemptEffect> effects) {

    public Decision {
        effects = List.copyOf(effects);
    }

    static Decision unchanged(AttemptState state) {
        return new Decision(state, List.of());
    }

    static Decision of(AttemptState next, AttemptEffect effect) {
        return new Decision(next, List.of(effect));
    }
}
