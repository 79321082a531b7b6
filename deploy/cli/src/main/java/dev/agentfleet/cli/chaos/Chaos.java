package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.check.Allowances;
import dev.agentfleet.cli.chaos.check.Checker;
import dev.agentfleet.cli.chaos.check.Verdict;
import dev.agentfleet.cli.chaos.history.Aftermath;
import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Ledger;
import dev.agentfleet.cli.chaos.history.Records;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** One trial: a fleet of its own works while faults strike it, then everything is mended, awaited and judged. */
public final class Chaos implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration CHECK = Duration.ofMillis(200);

    private final ChaosOptions options;
    private final Time time;
    private final Consumer<String> say;
    private final Deployment deployment;
    private final Cluster cluster;

    /** @param say told what goes on, a line at a time */
    public Chaos(ChaosOptions options, FleetHome home, Time time, Consumer<String> say) {
        this(options, new LocalDeployment(options.fleet(home), time, say), time, say);
    }

    Chaos(ChaosOptions options, Deployment deployment, Time time, Consumer<String> say) {
        this.options = options;
        this.deployment = deployment;
        this.time = time;
        this.say = say;
        this.cluster = new Cluster(deployment, options.workers(), time, say);
    }

    /** Returns what came of it; the fleet is still up then. */
    public ChaosReport run() throws IOException, InterruptedException {
        say.accept("seed " + options.seed() + ": " + options.orchestrators() + " orchestrators, " + options.workers()
                + " workers, lease "
                + ChaosOptions.LEASE.toSeconds() + " s, session timeout " + ChaosOptions.SESSION.toSeconds() + " s");
        Files.createDirectories(options.directory());
        Files.deleteIfExists(options.ledger());
        var nemesis = new Nemesis(options, cluster, time, say);
        Instant starting = time.instant();
        cluster.start();
        var kafka = new KafkaClients(cluster.bootstrapServers());
        awaitStable(kafka);
        nemesis.note("start", starting);
        var log = new OperationLog(time);
        String name = "chaos-" + options.seed();
        try (var workload = new Workload(name, options.ledger(), options.seed(), kafka, log, time)) {
            workload.start();
            nemesis.run(workload);
            workload.stop();
            Instant mending = time.instant();
            cluster.mend();
            cluster.awaitWorkers(START);
            nemesis.note("mending", mending);
            workload.submitOneOfEachKind();
            workload.cancelPoison();
            return judged(workload, log, nemesis, new Settlement(cluster, kafka, time, say));
        }
    }

    /** Stops the fleet. May be called from any thread at any time. */
    @Override
    public void close() {
        cluster.close();
    }

    private ChaosReport judged(Workload workload, OperationLog log, Nemesis nemesis, Settlement settlement)
            throws IOException, InterruptedException {
        Records records = settlement.await(workload, options.patience());
        boolean rebuild = options.faults().contains(Fault.F4);
        Aftermath aftermath = settlement.aftermath(records, rebuild);
        var history = new History(
                log.sent(), records, ledger(), log.poison(), nemesis.strikes(), cluster.drained(), aftermath);
        List<Verdict> verdicts = new Checker(Allowances.DEFAULT).judge(history);
        boolean broken = verdicts.stream().anyMatch(Verdict::isBroken);
        Path evidence = broken ? Evidence.keep(options, history, verdicts) : null;
        return ChaosReport.of(
                options, history, verdicts, evidence == null ? null : evidence.toString(), deployment.repeat(options));
    }

    private List<Execution> ledger() throws IOException {
        if (!Files.exists(options.ledger())) {
            return List.of();
        }
        try (var lines = Files.lines(options.ledger())) {
            return Ledger.read(lines).stream()
                    .map(execution -> execution.in(deployment.number(execution)))
                    .toList();
        }
    }

    private void awaitStable(KafkaClients kafka) throws InterruptedException {
        Instant until = time.instant().plus(START);
        while (!WorkersGroup.seen(kafka).isStable() && time.instant().isBefore(until)) {
            time.sleep(CHECK);
        }
    }
}
