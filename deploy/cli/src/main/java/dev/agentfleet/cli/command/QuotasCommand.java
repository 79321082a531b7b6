package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.QuotaView;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.OneLine;
import dev.agentfleet.cli.view.Table;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "quotas",
        description =
                "Shows what the fleet may ask of models, and changes it: with a limit, those given are all it has.")
public final class QuotasCommand implements Callable<Integer> {
    private static final String NONE = "-";

    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(
            paramLabel = "LANE",
            arity = "0..1",
            description = "The lane, provider/key/model; the key is the name it has in the configuration.")
    private @Nullable String lane;

    @Option(names = "--requests", paramLabel = "N", description = "Most calls within the quota's window, a minute.")
    private @Nullable Long requests;

    @Option(names = "--input-tokens", paramLabel = "N", description = "Most tokens sent.")
    private @Nullable Long inputTokens;

    @Option(names = "--output-tokens", paramLabel = "N", description = "Most tokens answered with.")
    private @Nullable Long outputTokens;

    @Option(names = "--unlimited", description = "Take all limits away.")
    private boolean unlimited;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var limits = new QuotaLimits(requests, inputTokens, outputTokens);
        if (unlimited || !limits.areNone()) {
            limit(limits, terminal);
        } else {
            show(terminal);
        }
        return ExitCode.SUCCEEDED;
    }

    private void limit(QuotaLimits limits, Terminal terminal) throws Exception {
        if (lane == null) {
            throw new ParameterException(spec.commandLine(), "limits are those of a lane: name it, provider/key/model");
        }
        if (unlimited && !limits.areNone()) {
            throw new ParameterException(spec.commandLine(), "--unlimited goes with no limit");
        }
        var changed = Lane.parse(lane);
        server.api().limit(changed, limits);
        if (json) {
            Answers.json(terminal, limits);
        } else {
            terminal.line(changed + (unlimited ? " is not limited any more" : " has these limits now")
                    + "; all workers heed that within about a second");
        }
    }

    private void show(Terminal terminal) throws Exception {
        List<QuotaView> quotas = server.api().quotas().stream()
                .filter(quota -> lane == null || quota.lane().equals(Lane.parse(lane)))
                .toList();
        if (json) {
            Answers.json(terminal, quotas);
        } else if (quotas.isEmpty()) {
            terminal.line(lane == null ? "no lane is limited or held" : lane + " is neither limited nor held");
        } else {
            var table = new Table("lane", "calls", "left", "tokens in", "left", "tokens out", "left", "held");
            quotas.forEach(quota -> row(table, quota));
            table.lines().forEach(terminal::line);
        }
    }

    private static void row(Table table, QuotaView quota) {
        QuotaLimits limits = quota.limits();
        table.row(
                quota.lane(),
                number(limits.requests()),
                left(limits.requests(), quota.left(), QuotaAmount::requests),
                number(limits.inputTokens()),
                left(limits.inputTokens(), quota.left(), QuotaAmount::inputTokens),
                number(limits.outputTokens()),
                left(limits.outputTokens(), quota.left(), QuotaAmount::outputTokens),
                held(quota));
    }

    private static String number(@Nullable Long number) {
        return number == null ? NONE : Figures.grouped(number);
    }

    private static String left(@Nullable Long limit, @Nullable QuotaAmount left, Function<QuotaAmount, Long> kind) {
        return limit == null || left == null ? NONE : Figures.grouped(kind.apply(left));
    }

    private static String held(QuotaView quota) {
        Instant until = quota.heldUntil();
        if (until == null) {
            return NONE;
        }
        Duration left = Duration.between(SystemTime.INSTANCE.instant(), until);
        String reason = quota.holdReason();
        return (left.isNegative() ? "until now" : "for " + Figures.duration(left))
                + (reason == null ? "" : ": " + OneLine.of(reason));
    }
}
