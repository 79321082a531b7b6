package dev.agentfleet.worker.llm;

import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The wait before a call is made again: none where the quota's lane makes it wait, what the provider asks for, else twice as long
 * each time. Spread, so that those who failed together do not come back together; never longer than the attempt lasts.
 */
public final class CallBackoff implements CustomBackoffStrategy {

    private static final long LONGEST_MILLIS = 10_000;

    private long own;

    @Override
    public void init(long initialDelayInMillis) {
        own = initialDelayInMillis;
    }

    @Override
    public long nextDelayInMillis(Throwable failure) {
        long spread = ThreadLocalRandom.current().nextLong(own / 2 + 1);
        long wait = own - own / 2 + spread;
        own = Math.min(own * 2, LONGEST_MILLIS);
        if (failure instanceof CallAgainException again) {
            if (again.held()) {
                return 0;
            }
            Duration asked = again.retryAfter();
            return Math.min(
                    asked == null ? wait : asked.toMillis() + 1 + spread,
                    again.remaining().toMillis());
        }
        return wait;
    }
}
