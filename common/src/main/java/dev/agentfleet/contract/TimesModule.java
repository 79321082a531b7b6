package dev.agentfleet.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.deser.DurationDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times in the forms of {@link TimeText}; what it does not read is left to Jackson's own module, with its errors. */
final class TimesModule extends SimpleModule {

    private static final long serialVersionUID = 1;

    TimesModule() {
        addSerializer(new InstantForm());
        addDeserializer(Instant.class, new InstantReader());
        addDeserializer(Duration.class, new DurationReader());
    }

    private static final class InstantForm extends StdScalarSerializer<Instant> {

        private static final long serialVersionUID = 1;

        InstantForm() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(TimeText.of(value));
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Instant plain = in.hasToken(JsonToken.VALUE_STRING) ? TimeText.instant(in.getText()) : null;
            return plain != null ? plain : InstantDeserializer.INSTANT.deserialize(in, context);
        }
    }

    private static final class DurationReader extends StdScalarDeserializer<Duration> {

        private static final long serialVersionUID = 1;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public @Nullable Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Duration plain = in.hasToken(JsonToken.VALUE_STRING) ? TimeText.duration(in.getText()) : null;
            return plain != null ? plain : DurationDeserializer.INSTANCE.deserialize(in, context);
        }
    }
}
