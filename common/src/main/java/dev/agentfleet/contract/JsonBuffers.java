package dev.agentfleet.contract;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;

/**
 * Each thread keeps its buffers, as is Jackson's default, but for virtual threads, which share theirs: a worker's come and go
 * with its attempts, so that each would begin with new ones and hold them as long as its attempt lasts. Thread-safe.
 */
final class JsonBuffers implements RecyclerPool<BufferRecycler> {
    private static final long serialVersionUID = 1;
    private static final RecyclerPool<BufferRecycler> OWN = JsonRecyclerPools.threadLocalPool();
    private static final RecyclerPool<BufferRecycler> SHARED = JsonRecyclerPools.newConcurrentDequePool();

    @Override
    public BufferRecycler acquirePooled() {
        return pool().acquirePooled();
    }

    /** It goes back to where it came from. */
    @Override
    public BufferRecycler acquireAndLinkPooled() {
        return pool().acquireAndLinkPooled();
    }

    @Override
    public void releasePooled(BufferRecycler buffers) {
        pool().releasePooled(buffers);
    }

    /** How many wait for the next virtual thread. */
    @Override
    public int pooledCount() {
        return SHARED.pooledCount();
    }

    @Override
    public boolean clear() {
        return SHARED.clear();
    }

    private static RecyclerPool<BufferRecycler> pool() {
        return Thread.currentThread().isVirtual() ? SHARED : OWN;
    }
}
