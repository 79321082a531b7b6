package dev.agentfleet.cli;

import dev.agentfleet.cli.view.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A terminal that remembers. */
public final class Screen {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public Terminal terminal(boolean interactive) {
        return new Terminal(new PrintWriter(out), new PrintWriter(err), interactive);
    }

    public PrintWriter outWriter() {
        return new PrintWriter(out);
    }

    public PrintWriter errWriter() {
        return new PrintWriter(err);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
