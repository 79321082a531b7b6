package dev.agentfleet.worker.llm.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.worker.config.LlmConfig;
import dev.agentfleet.worker.llm.LlmCode;
import dev.agentfleet.worker.llm.ModelCallException;
import dev.agentfleet.worker.llm.ModelCallException.Kind;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.ModelResponse;
import dev.agentfleet.worker.llm.ModelResponses;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Recorded exchanges, a file each: {@code <agent>/<hash of the prompt>.json} in the directory of
 * {@code fleet.llm.recorded.directory}, then in {@code recordings/} of the class path.
 */
@Singleton
public final class Recordings implements ModelResponses {

    private static final Logger LOG = Logger.getLogger(Recordings.class);
    private static final String CLASS_PATH = "recordings/";
    /** As names of agents are anyway; nothing else becomes part of a path. */
    private static final Pattern AGENT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final @Nullable Path directory;
    private final boolean record;

    public Recordings(LlmConfig config) {
        this.directory = config.recorded().directory().orElse(null);
        this.record = config.recorded().record();
    }

    Recording find(ModelRequest request) {
        String hash = PromptHash.of(request);
        requireName(request.agent());
        String name = name(request.agent(), hash);
        Recording found = inDirectory(name);
        if (found == null) {
            found = onClassPath(name);
        }
        if (found == null) {
            throw failed("no recorded answer for agent '" + request.agent() + "' and prompt " + hash + "; looked for "
                    + (directory == null ? "" : directory.resolve(name) + " and ") + CLASS_PATH + name
                    + " on the class path");
        }
        if (!found.agent().equals(request.agent()) || !found.prompt().equals(hash)) {
            throw failed(name + ": 'agent' and 'prompt' must be those of the file's name");
        }
        return found;
    }

    /** Writes the answer of a provider down, where that is configured; a failure to do so is logged and nothing more. */
    @Override
    public void answered(ModelRequest request, ModelResponse response) {
        if (!record || directory == null || response.recorded()) {
            return;
        }
        requireName(request.agent());
        String hash = PromptHash.of(request);
        var recording = new Recording(
                request.agent(),
                hash,
                response.model(),
                request.turns().getLast().text(),
                response.text(),
                response.stopReason(),
                response.usage());
        try {
            Path file = directory.resolve(name(request.agent(), hash));
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), hash, ".part");
            Files.write(part, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(recording));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warnf(
                    "fleet.llm.recorded.directory: '%s' cannot be written: %s",
                    directory, e.getClass().getSimpleName());
        }
    }

    private @Nullable Recording inDirectory(String name) {
        if (directory == null || !Files.exists(directory.resolve(name))) {
            return null;
        }
        try (var in = Files.newInputStream(directory.resolve(name))) {
            return read(in, directory.resolve(name).toString());
        } catch (IOException e) {
            throw failed(directory.resolve(name) + ": cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    private static @Nullable Recording onClassPath(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader == null) {
            loader = Recordings.class.getClassLoader();
        }
        try (var in = loader.getResourceAsStream(CLASS_PATH + name)) {
            return in == null ? null : read(in, CLASS_PATH + name);
        } catch (IOException e) {
            throw failed(CLASS_PATH + name + ": cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static Recording read(InputStream in, String where) throws IOException {
        try {
            return Json.mapper().readValue(in, Recording.class);
        } catch (JsonProcessingException e) {
            throw failed(where + ": is no recorded exchange at character "
                    + e.getLocation().getCharOffset());
        }
    }

    private static String name(String agent, String hash) {
        return agent + "/" + hash + ".json";
    }

    private static void requireName(String agent) {
        if (!AGENT.matcher(agent).matches()) {
            throw failed("agent: must be 1 to 63 lower-case letters, digits or -");
        }
    }

    private static ModelCallException failed(String message) {
        return new ModelCallException(Kind.PERMANENT, LlmCode.NOT_RECORDED, message);
    }
}
