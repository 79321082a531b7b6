package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Runs;
import java.util.List;

/** Judges a history. Pure: the same history always gets the same verdicts. */
public final class Checker {
    private final List<Check> checks;

    public Checker(Allowances allowances) {
        this.checks = List.of(
                new NoLoss(),
                new FinalOutcomes(),
                new Fencing(),
                new BoundedAttempts(allowances),
                new OffsetSafety(),
                new PoisonIsolation(),
                new DeadLetterHeaders(),
                new Liveness(),
                new LegalHistory(),
                new Rebuild(),
                new CancelAndTimeout(allowances),
                new CleanDrain(),
                new ExactAccounting());
    }

    /** One verdict for each invariant, in their order. */
    public List<Verdict> judge(History history) {
        var findings = new Findings();
        Runs runs = Runs.of(history);
        checks.forEach(check -> check.look(history, runs, findings));
        return findings.verdicts();
    }
}
