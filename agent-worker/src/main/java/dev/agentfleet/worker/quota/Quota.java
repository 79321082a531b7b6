package dev.agentfleet.worker.quota;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import java.util.function.Consumer;

/** What this worker may call, within the limits of the whole fleet. Thread-safe. */
public interface Quota {

    /**
     * Waits until a call may be made. Those of a lane are served in their order. A lane without limits is not waited for.
     *
     * <p>While it waits, the clock of the context's attempt stands still. Whoever gets a permit calls {@link Permit#sent} right
     * before the call, and {@link Permit#close} in the end, whatever happened.
     *
     * @param inputTokens what the call is expected to send
     * @param outputTokens what it is expected to be answered with
     * @throws OverLimitException when the lane's limits are below the estimate: it would wait for ever
     * @throws DismissedException when those who wait were sent away
     * @throws InterruptedException when the thread is interrupted, as that of an attempt is which must stop
     */
    Permit acquire(Lane lane, long inputTokens, long outputTokens, AgentContext context) throws InterruptedException;

    /** Sends away all who wait for the lanes of a key: what they wait for will not come soon. */
    void dismiss(String provider, String key);

    /** Has it hear of every hold that the fleet is told of, also of those that began in this worker. */
    void onHold(Consumer<HoldLane> listener);
}
