package dev.agentfleet.worker.llm;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * The port to one provider.
 *
 * <ol>
 *   <li>One call is one request: a client repeats nothing.
 *   <li>It blocks the calling thread, and holds no other thread meanwhile; thousands may be under way.
 *   <li>An interrupt of that thread or the cancellation ends it, and closes its connection.
 * </ol>
 */
public interface ModelClient {

    Provider provider();

    /**
     * Asks once.
     *
     * @param deadline from now; the whole answer must be there before it
     * @throws ModelCallException says what went wrong and what that means
     * @throws CancellationException when it was interrupted or cancelled
     */
    ModelResponse complete(ModelRequest request, Duration deadline, Cancellation cancellation);
}
