package dev.agentfleet.worker.uni;

import dev.agentfleet.agent.Agent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.lang.model.types.Type;

/** Finds the agents whose {@code run} returns a {@code Uni}, when the worker is built. */
public final class UniAgents implements BuildCompatibleExtension {

    @Enhancement(types = Agent.class, withSubtypes = true)
    public void mark(MethodConfig method) {
        if (method.info().name().equals("run") && isUni(method.info().returnType())) {
            method.addAnnotation(CancelledWithAttempt.class);
        }
    }

    private static boolean isUni(Type type) {
        return type.isParameterizedType()
                && type.asParameterizedType().declaration().name().equals(Uni.class.getName());
    }
}
