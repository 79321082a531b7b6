package dev.agentfleet.cli.command;

/** How the program ends; scripts rely on the numbers. */
public final class ExitCode {
    public static final int SUCCEEDED = 0;
    /** The run, or what was asked for, did not succeed. */
    public static final int FAILED = 1;
    /** The command line or the input cannot be right. */
    public static final int USAGE = 2;
    /** No orchestrator answers. */
    public static final int UNREACHABLE = 3;
    /** Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
