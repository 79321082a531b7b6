package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.worker.config.SandboxLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that mean harm, for real, at both levels as far as each one promises anything. */
@Tag("tool:bwrap")
class HostileProgramsIT {

    @RegisterExtension
    private final Sandboxes sandboxes = new Sandboxes();

    @ParameterizedTest
    @EnumSource
    void endsOneThatNeverReturnsAndIgnoresEverySignal(SandboxLevel level) throws Exception {
        try (var program = sandboxes
                .at(level)
                .shell("trap '' TERM INT HUP QUIT; while :; do sleep " + sandboxes.sleeper() + "; done")) {
            await().atMost(Sandboxes.SOON)
                    .untilAsserted(() -> assertThat(sandboxes.sleepers()).isNotEmpty());

            assertThat(program.await(Duration.ofMillis(100))).isFalse();
            program.kill();

            assertThat(program.exitCode()).isEqualTo(137);
            assertThat(sandboxes.sleepers()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheBeginningOfAGigabyteOnStdout(SandboxLevel level) throws Exception {
        var result = sandboxes.at(level).run("yes | head -c 1073741824");

        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).hasSizeGreaterThan(60_000).startsWith("y\ny\n");
        assertThat(result.stdoutTruncated()).isTrue();
    }

    @Test
    void letsNoProgramForkMoreThanItsLimitAndLeavesNone() throws Exception {
        var result = sandboxes
                .at(SandboxLevel.BWRAP)
                .with(new Limits(null, 50, null, null, null))
                .run("for i in $(seq 1000); do sleep " + sandboxes.sleeper() + " & echo $i; done");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.stderr()).contains("ork");
        assertThat(result.stdout().lines().count()).isBetween(40L, 50L);
    }

    @Test
    void endsAThousandForksWithoutASandboxToo() throws Exception {
        var result = sandboxes
                .at(SandboxLevel.NONE)
                .run("for i in $(seq 1000); do sleep " + sandboxes.sleeper() + " & done; echo all");

        assertThat(result.stdout()).isEqualTo("all\n");
        assertThat(sandboxes.sleepers()).isEmpty();
    }

    @Test
    void endsADaemonThatHidesItsDescent() throws Exception {
        var result = sandboxes
                .at(SandboxLevel.BWRAP)
                .run("(setsid env -i /bin/sleep " + sandboxes.sleeper()
                        + " >/dev/null 2>&1 &) ; sleep 0.2; echo started");

        assertThat(result.stdout()).isEqualTo("started\n");
        assertThat(sandboxes.sleepers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void outlivesOneThatDeletesItsWorkingDirectory(SandboxLevel level) throws Exception {
        String refusal = sandboxes
                .at(level)
                .withFiles(Map.of("a/b", Programs.text("x")))
                .refusal("rm -rf \"$PWD\" ./* ; mkdir -p \"$PWD\" ; exit 0", new OutputFile("a/b", null));

        assertThat(refusal).isEqualTo("OUTPUT_MISSING: outputs: 'a/b' is not there");
    }

    @ParameterizedTest
    @EnumSource
    void followsNoLinkThatALeavingProgramLaid(SandboxLevel level) throws Exception {
        Path canary = Files.createDirectories(sandboxes.directory().resolve("canary/deep"));
        Path secret = Files.writeString(canary.resolve("secret"), "not to be read, nor removed");
        String script = "ln -s / root; ln -s " + canary + " canary; ln -s " + secret + " out; ln -s /etc etc;"
                + " mkfifo pipe; mkdir directory";

        for (String path :
                List.of("out", "root", "root/etc/passwd", "canary/secret", "etc/passwd", "pipe", "directory")) {
            assertThat(sandboxes.at(level).refusal(script, new OutputFile(path, null)))
                    .as(path)
                    .startsWith("OUTPUT_REFUSED: outputs: '" + path + "'");
        }
        assertThat(secret).hasContent("not to be read, nor removed");
    }

    @ParameterizedTest
    @EnumSource
    void removesWhatIsDeepAndLocked(SandboxLevel level) throws Exception {
        var result = sandboxes
                .at(level)
                .run("d=$(yes d | head -1500 | tr '\\n' /); mkdir -p 1/$d 2/$d && touch 1/${d}f && mv 1 2/$d"
                        + " && mkdir -p x/y && chmod 000 x/y x && echo made");

        assertThat(result.stdout()).as(result.stderr()).isEqualTo("made\n");
    }

    @ParameterizedTest
    @CsvSource({
        "BWRAP,error,java.lang.Error: on purpose", "NONE,error,java.lang.Error: on purpose",
        "BWRAP,overflow,StackOverflowError", "NONE,overflow,StackOverflowError",
        "BWRAP,memory,OutOfMemoryError", "NONE,memory,OutOfMemoryError"
    })
    void reportsJavaProgramsThatEndInAnError(SandboxLevel level, String how, String said) throws Exception {
        String name = Hostile.class.getName();
        byte[] code;
        try (var in = Hostile.class.getResourceAsStream("Hostile.class")) {
            code = Objects.requireNonNull(in).readAllBytes();
        }
        String java = System.getProperty("java.home") + "/bin/java";

        var result = sandboxes
                .at(level)
                .withFiles(Map.of(name.replace('.', '/') + ".class", FileContent.of(code)))
                .run(java + " -Xmx20m -XX:TieredStopAtLevel=1 -cp . " + name + " " + how);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).contains(said);
    }

    @ParameterizedTest
    @EnumSource
    void removesWhatAKilledWorkerLeft(SandboxLevel level) throws Exception {
        Path base = sandboxes.base();
        Process worker = WorkerLike.start(
                level,
                base,
                "mkdir locked; chmod 000 locked; ln -s / root; setsid sleep " + sandboxes.sleeper() + " & sleep "
                        + sandboxes.sleeper(),
                Map.of());
        await().atMost(Sandboxes.SOON)
                .untilAsserted(() -> assertThat(sandboxes.sleepers()).hasSizeGreaterThanOrEqualTo(2));

        worker.destroyForcibly().waitFor();
        if (level == SandboxLevel.BWRAP) {
            // Without anybody's help.
            await().atMost(Sandboxes.SOON)
                    .untilAsserted(() -> assertThat(sandboxes.sleepers()).isEmpty());
        }
        try (var left = Files.list(base)) {
            assertThat(left).hasSize(3);
        }
        var next = sandboxes.at(level);

        assertThat(sandboxes.sleepers()).isEmpty();
        next.close();
        try (var left = Files.list(base)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void doesNotTouchWhatALivingWorkerHas() throws Exception {
        Path base = sandboxes.base();
        Process worker = WorkerLike.start(SandboxLevel.NONE, base, "sleep " + sandboxes.sleeper(), Map.of());
        try {
            await().atMost(Sandboxes.SOON)
                    .untilAsserted(() -> assertThat(sandboxes.sleepers()).isNotEmpty());

            assertThat(sandboxes.at(SandboxLevel.NONE).run("echo here").stdout())
                    .isEqualTo("here\n");

            assertThat(sandboxes.sleepers()).isNotEmpty();
        } finally {
            worker.destroyForcibly().waitFor();
            sandboxes.at(SandboxLevel.NONE).run("true");
        }
    }
}
