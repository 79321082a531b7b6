package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.worker.config.SandboxLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into a program and what comes out of it. */
@Tag("tool:bwrap")
class SandboxFilesIT {

    @RegisterExtension
    private final Sandboxes sandboxes = new Sandboxes();

    @ParameterizedTest
    @EnumSource
    void givesFilesAndCollectsOthers(SandboxLevel level) throws Exception {
        byte[] binary = {0, -1, 10, -128};
        var files = Map.of(
                "bin/run.sh", new FileContent("#!/bin/sh\ncat data/in; printf ' and %s' \"$1\"", null, true),
                "data/in", Programs.text("grüße"),
                "binary", FileContent.of(binary));

        assertThat(sandboxes
                        .at(level)
                        .withFiles(files)
                        .output("mkdir out; bin/run.sh 'a b' > out/f", new OutputFile("out/f", 100)))
                .isEqualTo(Programs.text("grüße and a b"));
        assertThat(sandboxes
                        .at(level)
                        .withFiles(files)
                        .output("cp binary copy", new OutputFile("copy", 4))
                        .toBytes())
                .isEqualTo(binary);
        assertThat(sandboxes.at(level).refusal("head -c 101 /dev/zero > f", new OutputFile("f", 100)))
                .isEqualTo("OUTPUT_TOO_LARGE: outputs: 'f' must be at most 100 bytes");
        assertThat(sandboxes
                        .at(level)
                        .refusal("truncate -s 1000000000 f || truncate -s 1000000 f", new OutputFile("f", 100)))
                .startsWith("OUTPUT_TOO_LARGE");
    }

    @ParameterizedTest
    @EnumSource
    void copiesAnInputDirectoryWithItsLinksUnread(SandboxLevel level) throws Exception {
        Path root = Files.createDirectories(sandboxes.directory().resolve("inputs"));
        Path project = Files.createDirectories(root.resolve("team/project/src"));
        Files.writeString(project.resolve("a"), "a");
        Files.createSymbolicLink(project.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(project.resolve("away"), sandboxes.directory());
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc"));
        var files = new InputFiles(
                Map.of("src/away/x", Programs.text("x")), InputTree.below(Optional.of(root), "team/project"));

        assertThat(sandboxes
                        .at(level)
                        .with(files)
                        .run("cat src/b src/away/x; echo changed > src/a")
                        .stdout())
                .isEqualTo("ax");

        assertThat(project.resolve("a")).hasContent("a");
        assertThat(sandboxes.directory().resolve("x")).doesNotExist();
        assertThatThrownBy(() -> sandboxes
                        .at(level)
                        .with(new InputFiles(Map.of(), InputTree.below(Optional.of(root), "link")))
                        .run("true"))
                .hasMessageContaining("'inputDirectory' must be a directory, and not a link");
    }

    @Test
    void passesOnVariablesArgumentsAndStdinAsTheyAre() throws Exception {
        String odd = "it's \"odd\" $HOME `id` \\ ; end\n=second\nline ü";
        try (var program = sandboxes
                .at(SandboxLevel.BWRAP)
                .withEnvironment(Map.of("ODD", odd, "fleet_found", "mine", "p", "2"))
                .withStdin("typed\n\nas it is")
                .start("sh", "-c", "printf %s \"$ODD$fleet_found$p|$1|$2|\"; cat", "sh", "a b", "")) {
            program.await(null);

            assertThat(program.result(Programs.OUTPUT).stdout()).isEqualTo(odd + "mine2|a b||typed\n\nas it is");
        }
    }

    @Test
    void tellsAMissingProgramFromOneThatMayNotRun() {
        assertThatThrownBy(() -> sandboxes.at(SandboxLevel.BWRAP).start("no-such-program"))
                .hasMessage("argv[0]: no such program on this worker");
        assertThatThrownBy(() -> sandboxes
                        .at(SandboxLevel.BWRAP)
                        .withFiles(Map.of("f", Programs.text("")))
                        .start("./f"))
                .hasMessage("argv[0]: the worker may not execute this file");
        assertThatThrownBy(() -> sandboxes.at(SandboxLevel.BWRAP).start("/etc"))
                .hasMessageContaining("no such program");
    }

    @Test
    void leavesTheProgramsExitCodeAsItIs() throws Exception {
        assertThat(sandboxes.at(SandboxLevel.BWRAP).run("exit 7").exitCode()).isEqualTo(7);
        assertThat(sandboxes.at(SandboxLevel.BWRAP).run("kill -9 $$").exitCode())
                .isEqualTo(137);
        assertThat(sandboxes
                        .at(SandboxLevel.BWRAP)
                        .run("kill -9 1; kill -9 -1; exit 3")
                        .exitCode())
                .isIn(3, 137);
    }
}
