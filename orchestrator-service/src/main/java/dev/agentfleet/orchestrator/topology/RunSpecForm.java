package dev.agentfleet.orchestrator.topology;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.agentfleet.orchestrator.run.RunSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is constant in a run without making its text anew: a run is stored with every result, and is the same in the
 * larger part of what is stored. Remembers the texts of a few. Thread-safe.
 */
final class RunSpecForm extends StdSerializer<RunSpec> {

    private static final long serialVersionUID = 1;

    /** A power of two. */
    private static final int REMEMBERED = 64;

    private final transient ObjectMapper plain;
    /** Each found whole or not at all, by any thread: immutable. */
    private final transient @Nullable Text[] texts = new @Nullable Text[REMEMBERED];

    private record Text(RunSpec spec, SerializedString json) {}

    RunSpecForm(ObjectMapper plain) {
        super(RunSpec.class);
        this.plain = plain;
    }

    @Override
    public void serialize(RunSpec spec, JsonGenerator out, SerializerProvider provider) throws IOException {
        int place = System.identityHashCode(spec) & (REMEMBERED - 1);
        Text text = texts[place];
        if (text == null || text.spec() != spec) {
            text = new Text(spec, new SerializedString(plain.writeValueAsString(spec)));
            texts[place] = text;
        }
        out.writeRawValue(text.json());
    }
}
