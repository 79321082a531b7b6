package dev.agentfleet.cli.watch;

import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.view.Figures;

/** A run's progress as a line of at most 100 characters. */
final class ProgressLine {
    private static final int BAR = 20;
    private static final int ALL = 100;

    private ProgressLine() {}

    /** {@code [#####...............]  25 %  ...}. */
    static String bar(RunView run, RateMeter meter) {
        int filled = run.tasks() == 0 ? 0 : (int) ((long) BAR * run.done() / run.tasks());
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + text(run, meter);
    }

    static String text(RunView run, RateMeter meter) {
        var line = new StringBuilder();
        line.append(percent(run))
                .append(" %  ")
                .append(Figures.grouped(run.done()))
                .append('/');
        line.append(Figures.grouped(run.tasks())).append(run.sealed() ? " done" : "+ done");
        part(line, run.failed(), "failed");
        part(line, run.inFlight(), "running");
        part(line, run.waiting(), "waiting");
        part(line, run.backingOff(), "backing off");
        if (run.heldUntil() != null && !run.status().isFinal()) {
            line.append(", starts at ").append(run.heldUntil());
        }
        if (!run.status().isFinal() && meter.rate() > 0) {
            line.append("  ").append(Figures.rate(meter.rate()));
            meter.remaining(run.tasks()).ifPresent(left -> line.append("  ETA ").append(Figures.duration(left)));
        }
        return line.toString();
    }

    private static long percent(RunView run) {
        return run.tasks() == 0 ? 0 : (long) ALL * run.done() / run.tasks();
    }

    private static void part(StringBuilder line, int count, String word) {
        if (count > 0) {
            line.append(", ").append(Figures.grouped(count)).append(' ').append(word);
        }
    }
}
