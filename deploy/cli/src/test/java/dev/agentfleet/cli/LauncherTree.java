package dev.agentfleet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A made-up checkout with the real launcher in it, and a made-up home and PATH with shell scripts for Java and Maven. */
record LauncherTree(Path temp, Path root, Path home, Path bin) {
    private static final Path LAUNCHER = Path.of(System.getProperty("fleet.home"), "fleet");
    private static final List<String> SHELL_TOOLS = List.of(
            "bash",
            "env",
            "sh",
            "awk",
            "basename",
            "cat",
            "dirname",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "sort",
            "tail",
            "tee",
            "touch",
            "tr");
    static final List<String> ARTIFACTS = List.of(
            "orchestrator-service/target/quarkus-app/quarkus-run.jar",
            "agent-worker/target/quarkus-app/quarkus-run.jar",
            "deploy/embedded-kafka/target/agent-fleet-embedded-kafka.jar",
            "deploy/cli/target/agent-fleet-cli.jar");

    record Ended(int exitCode, String stdout, String stderr) {}

    static LauncherTree in(Path temp) throws IOException {
        var root = Files.createDirectories(temp.resolve("a checkout"));
        var home = Files.createDirectories(temp.resolve("home"));
        var bin = Files.createDirectories(temp.resolve("bin"));
        Files.copy(LAUNCHER, root.resolve("fleet"), StandardCopyOption.COPY_ATTRIBUTES);
        write(root.resolve("pom.xml"), "<modules>\n  <module>deploy/cli</module>\n</modules>\n");
        write(root.resolve("deploy/cli/pom.xml"), "");
        write(root.resolve("deploy/cli/src/main/java/Main.java"), "");
        for (var tool : SHELL_TOOLS) {
            script(bin.resolve(tool), "exec " + onPath(tool) + " \"$@\"");
        }
        return new LauncherTree(temp, root, home, bin);
    }

    Ended fleet(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(root.resolve("fleet").toString()));
        command.addAll(List.of(arguments));
        return run(temp, List.of(), command.toArray(String[]::new));
    }

    Ended run(Path folder, List<String> environment, String... command) throws Exception {
        var process = start(folder, environment, "ended", command);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(temp.resolve("ended.stdout")),
                Files.readString(temp.resolve("ended.stderr")));
    }

    Process start(Path folder, List<String> environment, String output, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(temp.resolve(output + ".stdout").toFile())
                .redirectError(temp.resolve(output + ".stderr").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("FLEET_SYSTEM_ROOT", temp.resolve("system").toString());
        for (var variable : environment) {
            var parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        return builder.start();
    }

    /** Its java prints where it is, the folder it runs in and its arguments. */
    Path jdk(Path jdk, String version) throws IOException {
        script(jdk.resolve("bin/java"), "echo 'java " + jdk + "'; echo \"folder $PWD\"; printf '<%s>' \"$@\"");
        script(jdk.resolve("bin/javac"), "");
        write(jdk.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    void maven(String version, String build) throws IOException {
        script(bin.resolve("mvn"), """
                if [ "$1" = --version ]; then echo "Apache Maven %s (x)"; exit; fi
                echo "$*" >>builds
                %s
                """.formatted(version, build));
    }

    /** A program on the PATH that does this, whatever it is asked. */
    void program(String name, String body) throws IOException {
        script(bin.resolve(name), body);
    }

    static String makesArtifacts() {
        var commands = new StringBuilder("""
                echo '[INFO] Building Agent Fleet: common 0.1.0-SNAPSHOT                      [1/2]'
                echo '[INFO] Building Agent Fleet: CLI 0.1.0-SNAPSHOT                         [2/2]'
                """);
        for (var artifact : ARTIFACTS) {
            commands.append("mkdir -p ").append(Path.of(artifact).getParent());
            commands.append("; touch ").append(artifact).append('\n');
        }
        return commands.toString();
    }

    /** One Surefire and one Failsafe report with the same figures. */
    static String makesReports(int tests, int skipped) {
        return Stream.of("surefire", "failsafe")
                .map(plugin -> """
                        mkdir -p deploy/cli/target/%s-reports
                        echo '<testsuite name="x" tests="%d" errors="0" skipped="%d" failures="0">' \
                          >deploy/cli/target/%1$s-reports/TEST-x.xml""".formatted(plugin, tests, skipped))
                .reduce("", (all, one) -> all + "\n" + one);
    }

    void suiteTagged(String tag) throws IOException {
        write(root.resolve("deploy/cli/src/test/java/ShellUserIT.java"), "@Tag(\"" + tag + "\")\n");
    }

    void built() throws IOException {
        for (var artifact : ARTIFACTS) {
            write(root.resolve(artifact), "");
        }
        write(root.resolve(".fleet/built"), "");
    }

    List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("builds"));
    }

    static long deadProcess() throws Exception {
        var process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on PATH"));
    }

    private static void script(Path file, String body) throws IOException {
        write(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, UTF_8);
    }
}
