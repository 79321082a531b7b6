package dev.agentfleet.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields that Kubernetes does not know: its models keep them aside without a word. */
final class UnknownFields {
    private static final String KEPT = "additionalProperties";
    private static final List<String> MODELS =
            List.of("io.fabric8.kubernetes.api.model", "io.fabric8.openshift.api.model", "io.strimzi.api.kafka.model");

    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    /** Their paths. */
    static List<String> of(Object model) {
        if (model instanceof GenericKubernetesResource object
                && object.getKind().equals(Keda.KIND)) {
            return List.copyOf(Keda.unknownFields(object));
        }
        var fields = new UnknownFields();
        fields.look(model, model.getClass().getSimpleName());
        return fields.found;
    }

    private void look(@Nullable Object value, String path) {
        switch (value) {
            case null -> {}
            case Collection<?> items -> items.forEach(item -> look(item, path));
            case Map<?, ?> entries -> entries.forEach((key, entry) -> look(entry, path + '.' + key));
            default -> {
                if (isModel(value.getClass())) {
                    lookInto(value, path);
                }
            }
        }
    }

    private static boolean isModel(Class<?> type) {
        return !type.isEnum() && MODELS.stream().anyMatch(type.getPackageName()::startsWith);
    }

    private void lookInto(Object model, String path) {
        for (Class<?> type = model.getClass(); type != null && isModel(type); type = type.getSuperclass()) {
            lookInto(model, type, path);
        }
    }

    private void lookInto(Object model, Class<?> type, String path) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                Object value = valueOf(field, model);
                if (field.getName().equals(KEPT) && value instanceof Map<?, ?> unknown) {
                    unknown.keySet().forEach(key -> found.add(path + '.' + key));
                } else {
                    look(value, path + '.' + field.getName());
                }
            }
        }
    }

    private static @Nullable Object valueOf(Field field, Object model) {
        try {
            field.setAccessible(true);
            return field.get(model);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
