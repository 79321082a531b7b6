package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.llm.ModelCallException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider's key in a mounted file, read for each call, so that a key that is changed there counts at once. The key is
 * in no field, no message and no log.
 */
public final class KeyFile {

    private static final int MAX_BYTES = 8 * 1024;
    /** What a header may hold; a library would quote the key when it refuses another. */
    private static final Pattern FORM = Pattern.compile("[!-~]+");

    private final String field;
    private final @Nullable Path file;

    /** @param field the key of the configuration that names the file */
    public KeyFile(String field, @Nullable Path file) {
        this.field = field;
        this.file = file;
    }

    public boolean isConfigured() {
        return file != null;
    }

    /** The key, without the space around it. */
    public String read() {
        if (file == null) {
            throw refused(field + ": must name the file that holds the key");
        }
        String key = text(file).strip();
        if (key.isEmpty()) {
            throw refused(field + ": '" + file + "' must not be empty");
        }
        if (!FORM.matcher(key).matches()) {
            throw refused(field + ": '" + file + "' must hold a key of visible ASCII characters and nothing else");
        }
        return key;
    }

    private String text(Path path) {
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw refused(field + ": '" + path + "' must be at most " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw refused(
                    field + ": '" + path + "' cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static ModelCallException refused(String message) {
        return new ModelCallException(Kind.REFUSED, LlmCode.PROVIDER_KEY_REFUSED, message);
    }
}
