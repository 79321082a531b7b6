package dev.agentfleet.worker.execution;

import java.io.IOException;
import java.io.Writer;

/** Collects text up to a bound, so that an endless output costs no more memory than the largest allowed one. */
final class BoundedText extends Writer {

    /** The text would be longer than the bound. */
    static final class ExceededException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final int bound;
    private final StringBuilder text = new StringBuilder();

    BoundedText(int bound) {
        this.bound = bound;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        if (text.length() + length > bound) {
            throw new ExceededException();
        }
        text.append(chars, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
