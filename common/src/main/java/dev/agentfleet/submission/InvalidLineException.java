package dev.agentfleet.submission;

import dev.agentfleet.contract.InvalidFieldException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line that is not what must stand there. The message names line, field, value and rule; it never holds a payload. */
public final class InvalidLineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final @Nullable InvalidFieldException field;

    /**
     * @param line counts from 1
     * @param explanation field, value and rule
     */
    public InvalidLineException(int line, String explanation) {
        this(line, explanation, null);
    }

    public InvalidLineException(int line, InvalidFieldException field) {
        this(line, field.explanation(), field);
    }

    private InvalidLineException(int line, String explanation, @Nullable InvalidFieldException field) {
        super("line " + line + ": " + explanation, field, false, false);
        this.line = line;
        this.field = field;
    }

    public int line() {
        return line;
    }

    /** The one field that is to blame, where one is. */
    public Optional<InvalidFieldException> invalidField() {
        return Optional.ofNullable(field);
    }
}
