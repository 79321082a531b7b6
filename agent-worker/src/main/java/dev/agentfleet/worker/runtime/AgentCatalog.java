package dev.agentfleet.worker.runtime;

import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.WorkerHeartbeat.AgentInfo;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The agents of this worker, by name. */
@Singleton
public final class AgentCatalog {

    private final Map<String, BoundAgent> agents = new TreeMap<>();

    @Inject
    public AgentCatalog(@Any Instance<Agent<?, ?>> beans) {
        for (var handle : beans.handles()) {
            add(new BoundAgent(handle.get(), inputType(handle.getBean().getTypes())));
        }
    }

    AgentCatalog(List<BoundAgent> agents) {
        agents.forEach(this::add);
    }

    @Nullable
    BoundAgent find(String name) {
        return agents.get(name);
    }

    /** For heartbeats, in the order of names. */
    public List<AgentInfo> infos() {
        return agents.values().stream()
                .map(agent -> new AgentInfo(agent.name(), agent.version()))
                .toList();
    }

    private void add(BoundAgent agent) {
        if (agents.putIfAbsent(agent.name(), agent) != null) {
            throw new IllegalStateException("agent '" + agent.name() + "': two beans have this name");
        }
    }

    /** From the types CDI has worked out, because the object itself is a proxy. */
    private static JavaType inputType(Collection<Type> beanTypes) {
        return beanTypes.stream()
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type -> type.getRawType() == Agent.class)
                .map(type -> Json.mapper().constructType(type.getActualTypeArguments()[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(beanTypes + ": must name its input and output types"));
    }
}
