package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a program left behind, once nothing of it runs any more. Whatever that is: no link is followed, nothing but
 * regular files is opened, and no more read than was agreed.
 */
final class OutputFiles {

    private final SecureDirectoryStream<Path> directory;

    OutputFiles(SecureDirectoryStream<Path> directory) {
        this.directory = directory;
    }

    /** @param mayLack whether one that is not there is left out, instead of a failure */
    Map<String, FileContent> collect(List<OutputFile> declared, boolean mayLack) {
        var collected = new TreeMap<String, FileContent>();
        for (OutputFile file : declared) {
            var content = read(file);
            if (content != null) {
                collected.put(file.path(), content);
            } else if (!mayLack) {
                throw failed("OUTPUT_MISSING", file, "is not there");
            }
        }
        return collected;
    }

    private @Nullable FileContent read(OutputFile file) {
        var name = RelativeName.of("outputs: path", file.path());
        try {
            return read(directory, name.directories(), name.last(), file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failed("OUTPUT_REFUSED", file, "must be a regular file, and no link on the way to it")
                    .causedBy(e);
        }
    }

    private static FileContent read(SecureDirectoryStream<Path> at, List<Path> way, Path last, OutputFile file)
            throws IOException {
        if (!way.isEmpty()) {
            try (var below = at.newDirectoryStream(way.getFirst(), LinkOption.NOFOLLOW_LINKS)) {
                return read(below, way.subList(1, way.size()), last, file);
            }
        }
        // Before it is opened: a pipe would be waited for.
        if (!SecureDirectories.attributes(at, last).isRegularFile()) {
            throw new IOException("Not a regular file");
        }
        try (var channel = at.newByteChannel(last, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            byte[] bytes = read(channel, file.cap() + 1);
            if (bytes.length > file.cap()) {
                throw failed("OUTPUT_TOO_LARGE", file, "must be at most " + file.cap() + " bytes");
            }
            return FileContent.of(bytes);
        }
    }

    private static byte[] read(SeekableByteChannel channel, int most) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(most, channel.size()));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static AgentFailureException failed(String code, OutputFile file, String rule) {
        return AgentFailureException.retryable(code, "outputs: '" + file.path() + "' " + rule);
    }
}
