package dev.agentfleet.worker.llm;

/** One part of a conversation. Its text never shows in {@link #toString}. */
public record Turn(Role role, String text) {

    /** Who said it. */
    public enum Role {
        USER,
        ASSISTANT
    }

    public static Turn user(String text) {
        return new Turn(Role.USER, text);
    }

    public static Turn assistant(String text) {
        return new Turn(Role.ASSISTANT, text);
    }

    @Override
    public String toString() {
        return role + "(" + text.length() + " characters)";
    }
}
