package dev.agentfleet.worker.agents.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a stream to its end on a thread of its own and keeps its beginning, and a little of its end. A platform thread:
 * reading a pipe would hold the carrier of a virtual one.
 */
final class CappedOutput {

    /** Two streams of this size as JSON leave room for the rest of a 256 KiB output. */
    private static final int MAX_JSON_BYTES = 125_000;

    private static final int TAIL = 600;
    private static final int CHUNK = 16 * 1024;

    private final int cap;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final Thread reader;
    private byte[] tail = new byte[0];
    private boolean beyondCap;

    CappedOutput(InputStream stream, int cap) {
        this.cap = cap;
        this.reader = Thread.ofPlatform().name("command-output").daemon().start(() -> readAll(stream));
    }

    /** Waits for the stream's end; false when that takes longer, for instance because someone still holds it open. */
    boolean await(long millis) throws InterruptedException {
        reader.join(millis);
        return !reader.isAlive();
    }

    /** What is kept of the beginning. */
    synchronized String text() {
        String text = head.toString(StandardCharsets.UTF_8);
        return text.substring(0, fitting(text));
    }

    synchronized boolean truncated() {
        String text = head.toString(StandardCharsets.UTF_8);
        return beyondCap || fitting(text) < text.length();
    }

    /** The last characters, at most as many as given. */
    synchronized String end(int characters) {
        String text = new String(tail, StandardCharsets.UTF_8).strip();
        return text.length() <= characters ? text : text.substring(text.length() - characters);
    }

    private void readAll(InputStream stream) {
        byte[] chunk = new byte[CHUNK];
        try (stream) {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                keep(chunk, count);
            }
        } catch (IOException e) {
            // The process was killed and the pipe with it: what was read is what there is.
        }
    }

    private synchronized void keep(byte[] chunk, int count) {
        int room = Math.min(count, cap - head.size());
        head.write(chunk, 0, room);
        beyondCap |= room < count;
        byte[] both = Arrays.copyOf(tail, tail.length + count);
        System.arraycopy(chunk, 0, both, tail.length, count);
        tail = both.length <= TAIL ? both : Arrays.copyOfRange(both, both.length - TAIL, both.length);
    }

    /** How many characters fit into the allowed bytes once they are escaped for JSON. */
    private static int fitting(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += jsonBytes(text.charAt(i));
            if (bytes > MAX_JSON_BYTES) {
                return Character.isLowSurrogate(text.charAt(i)) ? i - 1 : i;
            }
        }
        return text.length();
    }

    private static int jsonBytes(char c) {
        if (c < ' ') {
            return 6;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
