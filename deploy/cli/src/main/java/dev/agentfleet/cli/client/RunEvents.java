package dev.agentfleet.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The states of a run as the orchestrator tells them over one connection (server-sent events). Read on a thread of its own,
 * so that a connection that died silently is noticed.
 */
public final class RunEvents implements AutoCloseable {
    private static final String EVENT = "event:";
    private static final String DATA = "data:";
    /** The orchestrator sends something at least every ten seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final InputStream body;
    /** A line that tells nothing is empty: a sign of life. */
    private final BlockingQueue<Optional<RunView>> told = new ArrayBlockingQueue<>(16);

    private volatile boolean broken;

    RunEvents(InputStream body) {
        this.body = body;
        Thread.ofVirtual().name("run-events").start(this::read);
    }

    /** The run's next state; empty once the connection is of no use any more. */
    public Optional<RunView> next() throws InterruptedException {
        while (true) {
            Optional<RunView> next = told.poll();
            if (next == null) {
                if (broken && told.isEmpty()) {
                    return Optional.empty();
                }
                next = told.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (next == null) {
                return Optional.empty();
            }
            if (next.isPresent()) {
                return next;
            }
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String event = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EVENT)) {
                    event = line.substring(EVENT.length()).strip();
                }
                boolean state = event.equals("RunView") && line.startsWith(DATA);
                told.put(Optional.ofNullable(state ? view(line.substring(DATA.length())) : null));
            }
        } catch (IOException e) {
            // Said by its end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            broken = true;
            var _ = told.offer(Optional.empty());
        }
    }

    private static @Nullable RunView view(String json) throws IOException {
        try {
            return Json.mapper().readValue(json, RunView.class);
        } catch (JsonProcessingException e) {
            throw new IOException("no RunView", e);
        }
    }
}
