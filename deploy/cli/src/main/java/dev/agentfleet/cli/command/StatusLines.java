package dev.agentfleet.cli.command;

import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetListener;
import dev.agentfleet.cli.view.OneLine;
import dev.agentfleet.cli.view.Terminal;

/** One line per process of the local fleet and per thing that happens to it. */
record StatusLines(Terminal terminal) implements FleetListener {
    private static final int SHOWN_LINES = 5;

    @Override
    public void ready(Child child, String where) {
        terminal.line("%-13s ready    pid %-7d %-25s %s".formatted(child.name(), child.pid(), where, child.log()));
    }

    @Override
    public void died(Child child) {
        var text = new StringBuilder("%-13s DIED     pid %-7d %s; the others go on; log: %s"
                .formatted(child.name(), child.pid(), child.ending(), child.log()));
        child.lastLines(SHOWN_LINES)
                .forEach(line ->
                        text.append(System.lineSeparator()).append("    | ").append(OneLine.of(line)));
        terminal.erase();
        terminal.line(text.toString());
    }

    @Override
    public void stopped(Child child, boolean byItself) {
        terminal.line("%-13s %s  pid %d"
                .formatted(child.name(), byItself ? "stopped" : "KILLED (did not stop in time)", child.pid()));
    }

    @Override
    public void note(String text) {
        terminal.line(text);
    }
}
