package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the guide's project, built as its author would, against what this build made. That lies in a Maven repository
 * of its own, which has everything else by links into the usual one.
 */
public final class AuthorsProject {
    private static final Path HOME =
            Path.of(System.getProperty("fleet.home", "../..")).toAbsolutePath().normalize();
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final Map<String, String> PUBLISHED = Map.of(
            "common", "agent-fleet-common",
            "agent-worker/execution", "agent-fleet-execution",
            "agent-worker/test-kit", "agent-fleet-test-kit");

    private final Path sources;
    private final Path repository;

    private AuthorsProject(Path sources, Path repository) {
        this.sources = sources;
        this.repository = repository;
    }

    public static AuthorsProject copy(Path directory) throws IOException {
        Path sources = directory.resolve("word-count-agent");
        Path original = HOME.resolve("deploy/examples/word-count-agent");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(original.resolve("target"))) {
                    Path to = sources.resolve(original.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        return new AuthorsProject(sources, directory.resolve("repository"));
    }

    void replace(String file, String text, String by) throws IOException {
        Path path = sources.resolve(file);
        Files.writeString(path, Files.readString(path).replace(text, by));
    }

    /** {@code mvn package}; returns the directory with the jar. */
    public Path build(String... arguments) throws IOException, InterruptedException {
        Path log = sources.resolve("build.log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-Dmaven.repo.local=" + repository,
                "package"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(sources.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_OPTS");
        publish();
        int code = builder.start().waitFor();
        withdraw();
        assertThat(code).as(Files.readString(log)).isZero();
        return sources.resolve("target");
    }

    private void publish() throws IOException {
        Path usual = Path.of(System.getProperty("maven.repository"));
        Path fleet = repository.resolve("dev/agentfleet");
        Files.createDirectories(fleet);
        link(usual, repository, "dev");
        link(usual.resolve("dev"), repository.resolve("dev"), "agentfleet");
        put(fleet, "agent-fleet", HOME.resolve("pom.xml"), "pom");
        for (var module : PUBLISHED.entrySet()) {
            Path from = HOME.resolve(module.getKey());
            put(fleet, module.getValue(), from.resolve("pom.xml"), "pom");
            put(fleet, module.getValue(), from.resolve("target/" + module.getValue() + "-" + VERSION + ".jar"), "jar");
        }
    }

    /** The links go, not what they lead to. */
    private void withdraw() throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    private static void put(Path group, String artifact, Path file, String type) throws IOException {
        Path directory = Files.createDirectories(group.resolve(artifact).resolve(VERSION));
        assertThat(List.of(file)).as("built before this test").allMatch(Files::isRegularFile);
        Files.copy(file, directory.resolve(artifact + "-" + VERSION + "." + type));
    }
}
