package dev.agentfleet.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An agent's input or output: any JSON value, carried as text because only the agent looks inside. On the wire it
 * stands as plain JSON, not as a string. {@link #toString()} hides the content so that it cannot reach a log.
 *
 * @param json one JSON value without insignificant white space
 */
@JsonSerialize(using = Payload.Writer.class)
@JsonDeserialize(using = Payload.Reader.class)
public record Payload(String json) {

    /** The most bytes of UTF-8 an input or an output may have. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Throws {@link InvalidFieldException} for text that cannot be carried inside other JSON as UTF-8. */
    public Payload {
        PayloadText.check(json);
    }

    public static final Payload NULL = new Payload("null");

    /** Size in UTF-8 bytes. */
    public int bytes() {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether it keeps to {@link #MAX_BYTES}. */
    public boolean isWithinBounds() {
        // A char takes at most 3 bytes: only a long text is worth encoding.
        return json.length() * 3L <= MAX_BYTES || bytes() <= MAX_BYTES;
    }

    /** Returns itself, or throws {@link InvalidFieldException} when larger than {@link #MAX_BYTES}. */
    public Payload requireWithinBounds(String field) {
        Rules.require(
                isWithinBounds(),
                field,
                json.length() + " characters",
                "must be at most " + MAX_BYTES + " bytes of JSON");
        return this;
    }

    @Override
    public String toString() {
        return "Payload[" + json.length() + " chars]";
    }

    static final class Writer extends StdSerializer<Payload> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Payload.class);
        }

        @Override
        public void serialize(Payload value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(value.json());
        }
    }

    static final class Reader extends StdDeserializer<Payload> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Payload.class);
        }

        @Override
        public Payload deserialize(JsonParser in, DeserializationContext context) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator out = in.getCodec().getFactory().createGenerator(text)) {
                // Two fields of one name mean nothing that two readers agree on.
                out.enable(JsonGenerator.Feature.STRICT_DUPLICATE_DETECTION);
                out.copyCurrentStructureExact(in);
            }
            return new Payload(text.toString());
        }

        @Override
        public Payload getNullValue(DeserializationContext context) {
            return NULL;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
