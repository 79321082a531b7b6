package dev.agentfleet.cli.chaos.history;

import java.util.List;

/**
 * Everything a verdict is found from.
 *
 * @param sent the workload's requests, in the order of their answers
 * @param ledger what tasks wrote down, in the order of their starts
 */
public record History(
        List<Sent> sent,
        Records records,
        List<Execution> ledger,
        List<Poison> poison,
        List<Strike> strikes,
        List<Drained> drained,
        Aftermath aftermath) {

    public History {
        sent = List.copyOf(sent);
        ledger = List.copyOf(ledger);
        poison = List.copyOf(poison);
        strikes = List.copyOf(strikes);
        drained = List.copyOf(drained);
    }
}
