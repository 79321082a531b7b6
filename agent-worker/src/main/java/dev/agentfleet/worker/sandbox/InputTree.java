package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A directory of the worker's machine, below the one that is allowed, of which programs get a copy. No link is followed. */
public final class InputTree {

    private static final String FIELD = "inputDirectory";
    private static final int MAX_DEPTH = 100;
    private static final int CHUNK = 64 * 1024;

    private final Path root;
    private final RelativeName name;

    private InputTree(Path root, RelativeName name) {
        this.root = root;
        this.name = name;
    }

    /** Throws {@link IllegalArgumentException} for a name that leads elsewhere. */
    public static void checkName(String name) {
        RelativeName.of(FIELD, name);
    }

    public static InputTree below(Optional<Path> root, String name) {
        return new InputTree(
                root.orElseThrow(() -> AgentFailureException.permanent(
                        FailureCode.INVALID_INPUT,
                        "field 'inputDirectory' needs fleet.worker.sandbox.input-root on the worker")),
                RelativeName.of(FIELD, name));
    }

    /**
     * Links that are to be made once nothing is written any more.
     *
     * @param targets by the place of each
     */
    record Links(Map<Path, Path> targets) {

        void createIn(Path directory) throws IOException {
            for (var link : targets.entrySet()) {
                Path place = directory.resolve(link.getKey());
                if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(place, link.getValue());
                }
            }
        }
    }

    Links copyTo(Path target, ByteBudget budget) throws IOException {
        try (var base = open(root)) {
            var copy = new Copy(target, budget, new HashMap<>());
            descend(base, 0, copy);
            return new Links(copy.links);
        }
    }

    private void descend(SecureDirectoryStream<Path> at, int part, Copy copy) throws IOException {
        var parents = name.directories();
        Path next = part < parents.size() ? parents.get(part) : name.last();
        try (var below = openBelow(at, next)) {
            if (part < parents.size()) {
                descend(below, part + 1, copy);
            } else {
                copy.directory(below, Path.of(""), root.resolve(name.below(root)), 0);
            }
        }
    }

    private static SecureDirectoryStream<Path> openBelow(SecureDirectoryStream<Path> at, Path next) {
        try {
            return at.newDirectoryStream(next, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw refused("must be a directory, and not a link, below the worker's fleet.worker.sandbox.input-root")
                    .causedBy(e);
        }
    }

    private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        return SecureDirectories.open(directory);
    }

    private static AgentFailureException refused(String rule) {
        return AgentFailureException.permanent(FailureCode.INVALID_INPUT, "field 'inputDirectory' " + rule);
    }

    /**
     * One copy that is made.
     *
     * @param target where it goes
     * @param budget how large it may become
     * @param links what is left to be made at its end
     */
    private record Copy(Path target, ByteBudget budget, Map<Path, Path> links) {

        void directory(SecureDirectoryStream<Path> from, Path place, Path source, int depth) throws IOException {
            if (depth > MAX_DEPTH) {
                throw refused("must not be deeper than " + MAX_DEPTH);
            }
            for (Path entry : from) {
                Path file = entry.getFileName();
                var attributes = from.getFileAttributeView(
                                file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
                budget.take(attributes.size());
                if (attributes.isDirectory()) {
                    Files.createDirectory(target.resolve(place).resolve(file));
                    try (var below = from.newDirectoryStream(file, LinkOption.NOFOLLOW_LINKS)) {
                        directory(below, place.resolve(file), source.resolve(file), depth + 1);
                    }
                } else if (attributes.isSymbolicLink()) {
                    links.put(place.resolve(file), Files.readSymbolicLink(source.resolve(file)));
                } else if (attributes.isRegularFile()) {
                    file(from, place.resolve(file), attributes);
                } else {
                    throw refused("must hold files, directories and links alone");
                }
            }
        }

        private void file(SecureDirectoryStream<Path> from, Path place, PosixFileAttributes attributes)
                throws IOException {
            Path copy = target.resolve(place);
            try (var in = from.newByteChannel(
                            place.getFileName(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                    var out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
                // No more than was counted, should it grow meanwhile.
                long left = attributes.size();
                var chunk = new byte[CHUNK];
                var stream = Channels.newInputStream(in);
                for (int count; (count = stream.read(chunk, 0, (int) Math.min(left, CHUNK))) > 0; left -= count) {
                    out.write(chunk, 0, count);
                }
            }
            if (attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE)) {
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
