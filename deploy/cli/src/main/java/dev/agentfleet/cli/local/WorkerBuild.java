package dev.agentfleet.cli.local;

import dev.agentfleet.cli.agents.AgentJars;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A worker with other authors' agents built in: a copy of the packaged worker, their jars beside it, and its beans worked
 * out anew, which takes some seconds and neither Maven nor sources (ADR 14).
 */
final class WorkerBuild {
    /** The worker finds its parts by this name. */
    private static final String APPLICATION = "quarkus-app";

    private static final String AGENTS = "agents";
    private static final int SHOWN_LINES = 15;

    private WorkerBuild() {}

    /** Returns the jar to start. */
    static Path of(Path worker, AgentJars agents, Path directory, LogFile log)
            throws IOException, InterruptedException {
        DeletedTree.delete(directory);
        Path application = directory.resolve(APPLICATION);
        copy(Objects.requireNonNull(worker.getParent()), application);
        for (Path jar : agents.all()) {
            Files.copy(jar, application.resolve(AGENTS).resolve(jar.getFileName()));
        }
        Path runner = application.resolve(worker.getFileName());
        Process process = new ProcessBuilder(JavaCommand.rebuilding(runner))
                .redirectErrorStream(true)
                .redirectOutput(log.path().toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new LocalFleetException("the worker cannot be built with the agents; the end of " + log.path()
                        + ":\n    " + String.join("\n    ", log.lastLines(SHOWN_LINES)));
            }
        } finally {
            process.destroyForcibly();
        }
        return runner;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
