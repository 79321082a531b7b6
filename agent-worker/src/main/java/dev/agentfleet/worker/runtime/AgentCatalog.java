package dev.agentfleet.worker.runtime;

import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.WorkerHeartbeat.AgentInfo;
import dev.agentfleet.worker.execution.BoundAgent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.CodeSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The agents of this worker, by name. */
@Singleton
public final class AgentCatalog {

    private final Map<String, BoundAgent> agents = new TreeMap<>();
    private final Map<String, Class<?>> types = new HashMap<>();

    @Inject
    public AgentCatalog(@Any Instance<Agent<?, ?>> beans) {
        for (var handle : beans.handles()) {
            var bean = handle.getBean();
            add(new BoundAgent(handle.get(), inputType(bean.getTypes())), bean.getBeanClass());
        }
    }

    AgentCatalog(List<BoundAgent> agents) {
        agents.forEach(agent -> add(agent, agent.getClass()));
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

    private void add(BoundAgent agent, Class<?> type) {
        if (agents.putIfAbsent(agent.name(), agent) != null) {
            throw new ConfigurationException("agent '" + agent.name() + "': this name is taken by "
                    + place(Objects.requireNonNull(types.get(agent.name()))) + "; " + place(type)
                    + " needs another one");
        }
        types.put(agent.name(), type);
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String jar = source == null ? "" : source.getLocation().getPath();
        return type.getName() + (jar.endsWith(".jar") ? " in " + jar.substring(jar.lastIndexOf('/') + 1) : "");
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
