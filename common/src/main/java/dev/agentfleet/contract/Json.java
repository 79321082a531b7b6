package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.blackbird.BlackbirdModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Stream;

/** The one Jackson set-up of the fleet. Thread-safe. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().recyclerPool(new JsonBuffers()).build())
            .addModule(new JavaTimeModule())
            .addModule(new TimesModule())
            .addModule(new BlackbirdModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .addHandler(new VersionCheck())
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new PresenceRule()))
            .build();

    static {
        MAPPER.registerSubtypes(messageTypes(Message.class).toArray(Class<?>[]::new));
    }

    private static final ObjectWriter MESSAGES =
            MAPPER.writerFor(Message.class).withAttribute(Message.VERSION_FIELD, Message.VERSION);

    private Json() {}

    /** Every record type of the contract below the given kind of message. */
    public static Stream<Class<?>> messageTypes(Class<?> kind) {
        return kind.isRecord()
                ? Stream.of(kind)
                : Arrays.stream(kind.getPermittedSubclasses())
                        .flatMap(Json::messageTypes)
                        .distinct();
    }

    /** The shared mapper, for values that are not messages: agent inputs and outputs, REST bodies, stored state. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The message as UTF-8 JSON with {@code type} and {@code v}. */
    public static byte[] write(Message message) {
        try {
            return MESSAGES.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a message of the given kind.
     *
     * @throws UnreadableMessageException when the bytes are no such message; says why without quoting payloads
     */
    public static <M extends Message> M read(byte[] value, Class<M> kind) {
        try {
            M message = MAPPER.readerFor(kind).readValue(value);
            if (message == null) {
                throw new InvalidFieldException("value", "null", "must be a JSON object");
            }
            return message;
        } catch (IOException | IllegalArgumentException | StackOverflowError e) {
            throw UnreadableMessageException.because(e);
        }
    }

    /**
     * Reads a part of a message, or a JSON tree.
     *
     * @throws UnreadableMessageException when the bytes are no such part; says why without quoting payloads
     */
    public static <T> T readPart(byte[] value, Class<T> part) {
        try {
            T read = MAPPER.readValue(value, part);
            if (read == null) {
                throw new InvalidFieldException("value", "null", "must be a JSON object");
            }
            return read;
        } catch (IOException | IllegalArgumentException | StackOverflowError e) {
            throw UnreadableMessageException.because(e);
        }
    }

    /** A version newer than ours may mean something else: refuse it rather than guess. */
    private static final class VersionCheck extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser in,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String property)
                throws IOException {
            if (property.equals(Message.VERSION_FIELD)
                    && Message.class.isAssignableFrom(
                            beanOrClass instanceof Class<?> type ? type : beanOrClass.getClass())) {
                int version = in.getValueAsInt(Integer.MAX_VALUE);
                if (version > Message.VERSION || version < 1) {
                    throw JsonMappingException.from(
                            in, "v: '" + in.getText() + "' must be 1 to " + Message.VERSION + " for this software");
                }
            }
            in.skipChildren();
            return true;
        }
    }
}
