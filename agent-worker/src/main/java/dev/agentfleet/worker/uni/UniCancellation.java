package dev.agentfleet.worker.uni;

import dev.agentfleet.agent.AgentContext;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/**
 * Cancels an agent's {@code Uni} when its attempt is to stop. Fault tolerance turns a {@code Uni} into a completion stage,
 * through which no cancellation passes; so this acts below it, on the {@code Uni} of each of its tries.
 */
@Interceptor
@CancelledWithAttempt
@Priority(UniCancellation.BELOW_FAULT_TOLERANCE)
class UniCancellation {

    /** Fault tolerance is at {@code PLATFORM_AFTER + 10}, which is 4,010. */
    static final int BELOW_FAULT_TOLERANCE = 4_500;

    @AroundInvoke
    Object cancel(InvocationContext call) throws Exception {
        Object output = call.proceed();
        return output instanceof Uni<?> uni && call.getParameters()[1] instanceof AgentContext context
                ? uni.onSubscription().invoke(subscription -> context.onCancel(subscription::cancel))
                : output;
    }
}
