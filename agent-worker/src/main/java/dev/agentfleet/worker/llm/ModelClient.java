package dev.agentfleet.worker.llm;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * The port to one provider.
 *
 * <ol>
 *   <li>One call is one request: a client repeats nothing.
 *   <li>It blocks the calling thread, and holds no other thread meanwhile; thousands may be under way.
 *   <li>An interrupt of that thread or the guard ends it, and closes its connection.
 *   <li>The guard is asked right before the request goes out.
 * </ol>
 */
public interface ModelClient {

    Provider provider();

    /**
     * Asks once.
     *
     * @param deadline from now; the whole answer must be there before it
     * @throws ModelCallException says what went wrong and what that means
     * @throws NotSentException when the guard did not let it go
     * @throws CancellationException when it was interrupted or cancelled
     */
    ModelResponse complete(ModelRequest request, Duration deadline, CallGuard guard);
}
