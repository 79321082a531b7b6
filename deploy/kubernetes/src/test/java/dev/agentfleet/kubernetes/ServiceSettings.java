package dev.agentfleet.kubernetes;

import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.worker.config.WorkerConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a configuration map tells a service, and what the service can be told. */
record ServiceSettings(Map<String, String> values) {

    static ServiceSettings of(ConfigMap map) {
        var properties = new Properties();
        try {
            properties.load(
                    new StringReader(Objects.requireNonNull(map.getData().get("application.properties"))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var values = new HashMap<String, String>();
        properties.forEach((key, value) -> values.put((String) key, (String) value));
        return new ServiceSettings(values);
    }

    String get(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    /** Keys of the fleet that no service knows. */
    Set<String> unknown() {
        var unknown = new TreeSet<String>();
        values.keySet().stream()
                .filter(key -> key.startsWith("fleet.orchestrator.") || key.startsWith("fleet.worker."))
                .filter(key -> Stream.of(OrchestratorConfig.class, WorkerConfig.class)
                        .noneMatch(type -> knows(prefix(type), type, key)))
                .forEach(unknown::add);
        return unknown;
    }

    private static String prefix(Class<?> type) {
        return type.getAnnotation(ConfigMapping.class).prefix();
    }

    private static boolean knows(String prefix, Class<?> type, String key) {
        return Stream.of(type.getMethods()).anyMatch(method -> {
            String name = prefix + '.' + kebab(method);
            Class<?> value = method.getReturnType();
            return value.getPackage() == type.getPackage() && value.isInterface()
                    ? knows(name, value, key)
                    : key.equals(name) || (value == Map.class && key.startsWith(name + '.'));
        });
    }

    private static String kebab(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
