package dev.agentfleet.worker.project;

import java.util.List;

/**
 * Why tests fail, as somebody sees it.
 *
 * @param rootCause in a few sentences
 * @param suspects where it lies, the most likely first
 * @param confidence how sure that is
 */
public record Diagnosis(String rootCause, List<Suspect> suspects, Confidence confidence) {

    private static final int MOST_SUSPECTS = 20;

    /** How sure somebody is. */
    public enum Confidence {
        LOW,
        MEDIUM,
        HIGH
    }

    public Diagnosis {
        suspects = List.copyOf(suspects);
        Texts.requireSaid("rootCause", rootCause);
        if (suspects.size() > MOST_SUSPECTS) {
            throw new IllegalArgumentException("suspects: '" + suspects.size() + "' must be at most " + MOST_SUSPECTS);
        }
    }

    /** For a prompt. */
    public String asText() {
        var text = new StringBuilder(rootCause).append('\n');
        suspects.forEach(suspect -> text.append("- ")
                .append(suspect.file())
                .append(suspect.line() == null ? "" : ", line " + suspect.line())
                .append(": ")
                .append(suspect.reason())
                .append('\n'));
        return text.append("Confidence: ").append(confidence).append('\n').toString();
    }
}
