package dev.agentfleet.cli.view;

/** Text from elsewhere made safe for a terminal line. */
public final class OneLine {
    private OneLine() {}

    /** The text with every control character replaced: none may break the line or command the terminal. */
    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
