package dev.agentfleet.submission;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The non-blank lines of a stream with their numbers; never more than one of them in memory. */
public final class Lines {

    /** Most bytes of a line: the largest input, and room for the rest of the task. */
    public static final int LONGEST = 512 * 1024;

    private final InputStream in;
    private int number;

    /**
     * One line without its end.
     *
     * @param number counts from 1
     */
    public record Line(int number, byte[] bytes) {}

    /** @param in should be buffered: it is read byte by byte */
    public Lines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line that is not blank, or null at the end.
     *
     * @throws InvalidLineException when it is too long
     */
    public @Nullable Line next() throws IOException {
        while (true) {
            var bytes = new ByteArrayOutputStream();
            boolean blank = true;
            int b = in.read();
            if (b < 0) {
                return null;
            }
            number++;
            for (; b >= 0 && b != '\n'; b = in.read()) {
                if (bytes.size() == LONGEST) {
                    throw new InvalidLineException(number, "must be at most " + LONGEST + " bytes long");
                }
                blank &= b == ' ' || b == '\t' || b == '\r';
                bytes.write(b);
            }
            if (!blank) {
                return new Line(number, bytes.toByteArray());
            }
        }
    }
}
