package dev.agentfleet.contract;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a reader who knows JSON and no Java sees the contract's records: as the one Jackson set-up sees them. */
final class WireTypes {

    private static final Map<Class<?>, String> PLAIN = Map.ofEntries(
            Map.entry(RunId.class, "runId"),
            Map.entry(TaskId.class, "taskId"),
            Map.entry(Lane.class, "lane"),
            Map.entry(Payload.class, "any JSON"),
            Map.entry(Duration.class, "duration"),
            Map.entry(Instant.class, "instant"),
            Map.entry(StartAfter.class, "duration or instant"),
            Map.entry(String.class, "string"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(BigDecimal.class, "number"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"));

    private WireTypes() {}

    /** One field of a JSON object. */
    record Field(String name, JavaType type, boolean required, String meaning) {}

    /** In the order in which they are written. */
    static List<Field> fields(Class<?> type) {
        var mapper = Json.mapper();
        return mapper.getDeserializationConfig().introspect(mapper.constructType(type)).findProperties().stream()
                .map(property -> new Field(
                        property.getName(), property.getPrimaryType(), property.isRequired(), meaning(type, property)))
                .toList();
    }

    static String name(JavaType type) {
        if (type.isCollectionLikeType()) {
            return "array of " + name(type.getContentType());
        }
        if (type.isMapLikeType()) {
            return "object of " + name(type.getContentType()) + " by " + name(type.getKeyType());
        }
        Class<?> raw = type.getRawClass();
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .map(constant -> '`' + Json.mapper().convertValue(constant, String.class) + '`')
                    .collect(Collectors.joining(", "));
        }
        if (raw.isRecord() && !PLAIN.containsKey(raw)) {
            return "[" + raw.getSimpleName() + "](#" + raw.getSimpleName().toLowerCase(Locale.ROOT) + ")";
        }
        String plain = PLAIN.get(raw);
        if (plain == null) {
            throw new IllegalStateException(raw + ": the message reference has no word for it");
        }
        return plain;
    }

    /** The records that fields of the type hold, directly, in lists or in objects. */
    static List<Class<?>> parts(Class<?> type) {
        return fields(type).stream()
                .map(field -> field.type().isContainerType() ? field.type().getContentType() : field.type())
                .<Class<?>>map(JavaType::getRawClass)
                .filter(raw -> raw.isRecord() && !PLAIN.containsKey(raw))
                .toList();
    }

    private static String meaning(Class<?> type, BeanPropertyDefinition property) {
        String meaning = property.getMetadata().getDescription();
        if (meaning == null) {
            throw new IllegalStateException(
                    type.getSimpleName() + '.' + property.getName() + ": needs a @JsonPropertyDescription");
        }
        return meaning;
    }
}
