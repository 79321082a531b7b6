package dev.agentfleet.worker.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A record that counts what is done with it. */
class FakeRecord implements AssignmentRecord {

    final AtomicInteger acknowledged = new AtomicInteger();
    volatile CountDownLatch committed = new CountDownLatch(0);
    volatile @Nullable String putAside;
    volatile boolean begun;
    volatile boolean left;
    volatile boolean ours = true;
    private final byte @Nullable [] value;
    private final Map<String, String> headers;

    FakeRecord(@Nullable String value, Map<String, String> headers) {
        this.value = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        this.headers = headers;
    }

    @Override
    public byte @Nullable [] value() {
        return value;
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public RecordPosition position() {
        return new RecordPosition("tasks", 3, 17);
    }

    @Override
    public boolean mayHaveBegun() {
        return begun;
    }

    @Override
    public boolean isOurs() {
        return ours;
    }

    @Override
    public void acknowledge() {
        acknowledged.incrementAndGet();
    }

    @Override
    public void awaitCommitted() throws InterruptedException {
        committed.await();
    }

    @Override
    public void leave() {
        left = true;
    }

    @Override
    public void putAside(String reason, Runnable onDurable) {
        putAside = reason;
        onDurable.run();
    }
}
