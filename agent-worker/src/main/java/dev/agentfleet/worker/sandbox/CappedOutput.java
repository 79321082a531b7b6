package dev.agentfleet.worker.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a stream to its end on a thread of its own and keeps its beginning, and a little of its end. A platform thread:
 * reading a pipe would hold the carrier of a virtual one.
 */
final class CappedOutput {

    private static final int MAX_GREETING = 20;
    private static final int TAIL = 16 * 1024;
    private static final int CHUNK = 16 * 1024;

    private final int cap;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final CompletableFuture<String> greeting = new CompletableFuture<>();
    private final Thread reader;
    private byte[] tail = new byte[0];
    private boolean beyondCap;

    CappedOutput(InputStream stream, int cap) {
        this(stream, cap, false);
    }

    private CappedOutput(InputStream stream, int cap, boolean greets) {
        this.cap = cap;
        this.reader = Thread.ofPlatform().name("program-output").daemon().start(() -> readAll(stream, greets));
    }

    /** Of a process whose first line is not the program's. */
    static CappedOutput afterGreeting(InputStream stream, int cap) {
        return new CappedOutput(stream, cap, true);
    }

    /** That first line; empty when the stream has ended before. */
    CompletableFuture<String> greeting() {
        return greeting;
    }

    /** Waits for the stream's end; false when that takes longer, for instance because someone still holds it open. */
    boolean await(long millis) throws InterruptedException {
        reader.join(millis);
        return !reader.isAlive();
    }

    /** What is kept of the beginning, as far as it fits into so many bytes as JSON. */
    synchronized String text(int jsonBytes) {
        String text = head.toString(StandardCharsets.UTF_8);
        return text.substring(0, JsonLength.fitting(text, jsonBytes));
    }

    synchronized boolean truncated(int jsonBytes) {
        String text = head.toString(StandardCharsets.UTF_8);
        return beyondCap || JsonLength.fitting(text, jsonBytes) < text.length();
    }

    /** The last characters, at most as many as given. */
    synchronized String end(int characters) {
        String text = new String(tail, StandardCharsets.UTF_8).strip();
        return text.length() <= characters ? text : text.substring(text.length() - characters);
    }

    private void readAll(InputStream stream, boolean greets) {
        byte[] chunk = new byte[CHUNK];
        try (stream) {
            if (greets) {
                greeting.complete(line(stream));
            }
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                keep(chunk, count);
            }
        } catch (IOException e) {
            // The process was killed and the pipe with it: what was read is what there is.
        } finally {
            greeting.complete("");
        }
    }

    private static String line(InputStream stream) throws IOException {
        var line = new StringBuilder();
        for (int next = stream.read(); next != '\n' && line.length() < MAX_GREETING; next = stream.read()) {
            if (next < 0) {
                return "";
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private synchronized void keep(byte[] chunk, int count) {
        int room = Math.min(count, cap - head.size());
        head.write(chunk, 0, room);
        beyondCap |= room < count;
        byte[] both = Arrays.copyOf(tail, tail.length + count);
        System.arraycopy(chunk, 0, both, tail.length, count);
        tail = both.length <= TAIL ? both : Arrays.copyOfRange(both, both.length - TAIL, both.length);
    }
}
