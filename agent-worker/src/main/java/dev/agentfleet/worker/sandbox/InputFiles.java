package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a program finds in its directory when it starts. */
public final class InputFiles {

    /** Nothing. */
    public static final InputFiles NONE = new InputFiles(Map.of(), null);

    private final Map<String, FileContent> files;
    private final @Nullable InputTree tree;

    /**
     * @param files by their relative names; a file here is put in the place of the same of the tree
     * @param tree what is copied besides
     */
    public InputFiles(Map<String, FileContent> files, @Nullable InputTree tree) {
        this.files = new TreeMap<>(files);
        this.tree = tree;
    }

    /** Throws {@link IllegalArgumentException} for a name that leads elsewhere. */
    public static void checkNames(Map<String, FileContent> files) {
        files.keySet().forEach(name -> RelativeName.of("files: names", name));
    }

    boolean isEmpty() {
        return files.isEmpty() && tree == null;
    }

    /** Into an empty directory that nobody else writes to. */
    void writeTo(Path directory, long maxBytes) {
        var budget = new ByteBudget(maxBytes);
        try {
            if (tree == null) {
                writeFiles(directory, budget);
            } else {
                // Links last: nothing is ever written through one.
                var links = tree.copyTo(directory, budget);
                writeFiles(directory, budget);
                links.createIn(directory);
            }
        } catch (IOException e) {
            throw AgentFailureException.retryable("INPUT_FILES", "The input files could not be written")
                    .causedBy(e);
        }
    }

    private void writeFiles(Path directory, ByteBudget budget) throws IOException {
        for (var entry : files.entrySet()) {
            byte[] content = entry.getValue().toBytes();
            budget.take(content.length);
            Path file = RelativeName.of("files: names", entry.getKey()).below(directory);
            try {
                Files.createDirectories(file.getParent());
                Files.deleteIfExists(file);
                Files.write(file, content, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                throw AgentFailureException.permanent(
                                FailureCode.INVALID_INPUT, "files: a name is that of a directory, or below a file")
                        .causedBy(e);
            }
            if (entry.getValue().mayRun()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
