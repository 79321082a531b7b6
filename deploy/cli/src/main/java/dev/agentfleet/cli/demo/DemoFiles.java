package dev.agentfleet.cli.demo;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files the demo counts.
 *
 * @param root absolute
 * @param files relative to the root, in order
 * @param complete whether these are all there are, so that {@code find} finds the same
 */
record DemoFiles(Path root, List<Path> files, boolean complete) {
    static final Set<String> SKIPPED = Set.of(".git", "target", ".fleet");

    /** The regular files below the directory; links are not followed. */
    static DemoFiles in(Path directory, int most) throws IOException {
        Path root = directory.toRealPath();
        var search = new Search(root, most);
        Files.walkFileTree(root, search);
        return new DemoFiles(root, search.found.stream().sorted().toList(), search.complete);
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final Path root;
        private final int most;
        private final List<Path> found = new ArrayList<>();
        private boolean complete = true;

        Search(Path root, int most) {
            this.root = root;
            this.most = most;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean skipped = !directory.equals(root)
                    && SKIPPED.contains(directory.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()) {
                return FileVisitResult.CONTINUE;
            }
            if (found.size() == most) {
                complete = false;
                return FileVisitResult.TERMINATE;
            }
            if (isText(file)) {
                found.add(root.relativize(file));
            } else {
                complete = false;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            complete = false;
            return FileVisitResult.CONTINUE;
        }

        /** A task names its file in JSON, which a name that is no text in this locale cannot survive. */
        private static boolean isText(Path file) {
            FileSystem system = file.getFileSystem();
            try {
                return system.getPath(file.toString()).equals(file)
                        && file.toString().indexOf('\uFFFD') < 0;
            } catch (InvalidPathException e) {
                return false;
            }
        }
    }
}
