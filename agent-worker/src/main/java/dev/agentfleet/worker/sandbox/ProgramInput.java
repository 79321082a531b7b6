package dev.agentfleet.worker.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a process reads, written by a thread of its own: one that does not read must hold nobody up. */
final class ProgramInput {

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();

    ProgramInput(Process process) {
        Thread.ofPlatform().name("program-input").daemon().start(() -> writeAll(process.getOutputStream()));
    }

    void write(String text) {
        if (!text.isEmpty()) {
            parts.add(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Nothing follows. To be called in any case. */
    void end() {
        parts.add(END);
    }

    private void writeAll(OutputStream stream) {
        try (stream) {
            for (byte[] part = parts.take(); part.length > 0; part = parts.take()) {
                stream.write(part);
                stream.flush();
            }
        } catch (IOException e) {
            // It did not read to the end, which is its own business.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
