package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.SandboxLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hostile programs, for real, at both levels as far as each one promises anything. */
@Tag("tool:bwrap")
class SandboxIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** Sleeps so long, and is known by it. */
    private final String sleeper = "86" + ProcessHandle.current().pid() + "." + System.nanoTime() % 1_000_000;

    private @TempDir Path directory = Path.of("");
    private @Nullable Programs programs;

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        if (programs != null) {
            programs.close();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isEmpty());
        try (var left = Files.list(Programs.base(directory))) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("register");
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsOneThatNeverReturnsAndIgnoresEverySignal(SandboxLevel level) throws Exception {
        try (var program = at(level).shell("trap '' TERM INT HUP QUIT; while :; do sleep " + sleeper + "; done")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isNotEmpty());

            assertThat(program.await(Duration.ofMillis(100))).isFalse();
            program.kill();

            assertThat(program.exitCode()).isEqualTo(137);
            assertThat(sleepers()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheBeginningOfAGigabyteOnStdout(SandboxLevel level) throws Exception {
        var result = at(level).run("yes | head -c 1073741824");

        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).hasSizeGreaterThan(60_000).startsWith("y\ny\n");
        assertThat(result.stdoutTruncated()).isTrue();
    }

    @Test
    void letsNoProgramForkMoreThanItsLimitAndLeavesNone() throws Exception {
        var result = at(SandboxLevel.BWRAP)
                .with(new Limits(null, 50, null, null, null))
                .run("for i in $(seq 1000); do sleep " + sleeper + " & echo $i; done");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.stderr()).contains("ork");
        assertThat(result.stdout().lines().count()).isBetween(40L, 50L);
    }

    @Test
    void endsAThousandForksWithoutASandboxToo() throws Exception {
        var result = at(SandboxLevel.NONE).run("for i in $(seq 1000); do sleep " + sleeper + " & done; echo all");

        assertThat(result.stdout()).isEqualTo("all\n");
        assertThat(sleepers()).isEmpty();
    }

    @Test
    void endsADaemonThatHidesItsDescent() throws Exception {
        var result = at(SandboxLevel.BWRAP)
                .run("(setsid env -i /bin/sleep " + sleeper + " >/dev/null 2>&1 &) ; sleep 0.2; echo started");

        assertThat(result.stdout()).isEqualTo("started\n");
        assertThat(sleepers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void outlivesOneThatDeletesItsWorkingDirectory(SandboxLevel level) throws Exception {
        String refusal = at(level)
                .withFiles(Map.of("a/b", text("x")))
                .refusal("rm -rf \"$PWD\" ./* ; mkdir -p \"$PWD\" ; exit 0", new OutputFile("a/b", null));

        assertThat(refusal).isEqualTo("OUTPUT_MISSING: outputs: 'a/b' is not there");
    }

    @ParameterizedTest
    @EnumSource
    void followsNoLinkThatALeavingProgramLaid(SandboxLevel level) throws Exception {
        Path canary = Files.createDirectories(directory.resolve("canary/deep"));
        Path secret = Files.writeString(canary.resolve("secret"), "not to be read, nor removed");
        String script = "ln -s / root; ln -s " + canary + " canary; ln -s " + secret + " out; ln -s /etc etc;"
                + " mkfifo pipe; mkdir directory";

        for (String path :
                List.of("out", "root", "root/etc/passwd", "canary/secret", "etc/passwd", "pipe", "directory")) {
            assertThat(at(level).refusal(script, new OutputFile(path, null)))
                    .as(path)
                    .startsWith("OUTPUT_REFUSED: outputs: '" + path + "'");
        }
        assertThat(secret).hasContent("not to be read, nor removed");
    }

    @ParameterizedTest
    @EnumSource
    void removesWhatIsDeepAndLocked(SandboxLevel level) throws Exception {
        var result = at(level)
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
            code = java.util.Objects.requireNonNull(in).readAllBytes();
        }
        String java = System.getProperty("java.home") + "/bin/java";

        var result = at(level)
                .withFiles(Map.of(name.replace('.', '/') + ".class", FileContent.of(code)))
                .run(java + " -Xmx20m -XX:TieredStopAtLevel=1 -cp . " + name + " " + how);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).contains(said);
    }

    @Test
    void showsProgramsNothingOfTheWorkersEnvironment() throws Exception {
        String look = "env; cat /proc/*/environ /proc/*/cmdline | tr '\\0' '\\n' | grep -a s3cret; echo done";
        var secret = Map.of("FLEET_API_KEY", "s3cret-of-the-worker");

        // Without a sandbox it can be read, which shows that this looks in the right places.
        assertThat(said(WorkerLike.start(SandboxLevel.NONE, Programs.base(directory), look, secret)))
                .contains("s3cret-of-the-worker", "done");
        assertThat(said(WorkerLike.start(SandboxLevel.BWRAP, Programs.base(directory), look, secret)))
                .contains("done")
                .doesNotContain("s3cret-of-the-worker", "FLEET_API_KEY");
    }

    @ParameterizedTest
    @EnumSource
    void removesWhatAKilledWorkerLeft(SandboxLevel level) throws Exception {
        Path base = Programs.base(directory);
        Process worker = WorkerLike.start(
                level,
                base,
                "mkdir locked; chmod 000 locked; ln -s / root; setsid sleep " + sleeper + " & sleep " + sleeper,
                Map.of());
        await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).hasSizeGreaterThanOrEqualTo(2));

        worker.destroyForcibly().waitFor();
        if (level == SandboxLevel.BWRAP) {
            // Without anybody's help.
            await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isEmpty());
        }
        try (var left = Files.list(base)) {
            assertThat(left).hasSize(3);
        }
        var next = at(level);

        assertThat(sleepers()).isEmpty();
        next.close();
        try (var left = Files.list(base)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void doesNotTouchWhatALivingWorkerHas() throws Exception {
        Path base = Programs.base(directory);
        Process worker = WorkerLike.start(SandboxLevel.NONE, base, "sleep " + sleeper, Map.of());
        try {
            await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isNotEmpty());

            assertThat(at(SandboxLevel.NONE).run("echo here").stdout()).isEqualTo("here\n");

            assertThat(sleepers()).isNotEmpty();
        } finally {
            worker.destroyForcibly().waitFor();
            at(SandboxLevel.NONE).run("true");
        }
    }

    @Test
    void hasNoNetworkUnlessTheTaskAsksAndTheWorkerAllows() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = ":" + String.format(Locale.ROOT, "%04X", listening.getLocalPort());
            String look = "cat /proc/net/tcp /proc/net/tcp6";

            assertThat(at(SandboxLevel.BWRAP).run(look).stdout()).doesNotContain(port);
            assertThatThrownBy(() -> at(SandboxLevel.BWRAP).withNetwork().run(look))
                    .isInstanceOf(AgentFailureException.class)
                    .hasMessage("field 'network' needs fleet.worker.sandbox.network on the worker");
            assertThat(at(SandboxLevel.BWRAP, Map.of("fleet.worker.sandbox.network", "true"))
                            .withNetwork()
                            .run(look)
                            .stdout())
                    .contains(port);
            assertThat(at(SandboxLevel.BWRAP, Map.of("fleet.worker.sandbox.network", "true"))
                            .run(look)
                            .stdout())
                    .doesNotContain(port);
        }
    }

    @Test
    void seesAReadOnlySystemAndNothingElseOfTheMachine() throws Exception {
        Path outside = Files.writeString(directory.resolve("outside"), "of the machine");

        var result = at(SandboxLevel.BWRAP)
                .run("for d in / /usr /usr/bin /etc /dev /proc; do touch $d/x 2>/dev/null && echo wrote $d; done;"
                        + " ls -A /tmp /dev/shm; ls -d /root /home /var /run /boot /srv /mnt 2>/dev/null;"
                        + " cat " + outside
                        + " 2>/dev/null; ls -A /etc/ssl; id -u; hostname; ls /proc | grep -c '^[0-9]'");

        assertThat(result.stdout())
                .isEqualTo("/dev/shm:\n\n/tmp:\ncerts\nopenssl.cnf\n" + uidInside() + "\nsandbox\n4\n");
    }

    @Test
    void capsWhatIsWrittenWhereverThatIs() throws Exception {
        var result = at(SandboxLevel.BWRAP)
                .with(new Limits(null, null, null, null, 1_048_576L))
                .run("for f in /work/f /tmp/f /dev/shm/f; do head -c 5000000 /dev/zero > $f; stat -c %s $f; done;"
                        + " for i in $(seq 300); do head -c 5000 /dev/zero > /work/g$i || break; done; du -sk /work");

        assertThat(result.stdout()).isEqualTo("1048576\n1048576\n1048576\n1024\t/work\n");
        assertThat(result.stderr()).contains("No space left on device");
    }

    @ParameterizedTest
    @EnumSource
    void limitsProcessorTimeFilesAndTheirSize(SandboxLevel level) throws Exception {
        assertThat(at(level)
                        .with(new Limits(Duration.ofSeconds(1), null, null, null, null))
                        .run("while :; do :; done"))
                .extracting(ProgramResult::exitCode)
                .isEqualTo(152);
        assertThat(at(level)
                        .with(new Limits(null, null, 20, 4_096L, null))
                        .run("ulimit -n; sh -c 'head -c 10000 /dev/zero > f'; echo $?; stat -c %s f")
                        .stdout())
                .isEqualTo("20\n153\n4096\n");
    }

    @ParameterizedTest
    @EnumSource
    void givesFilesAndCollectsOthers(SandboxLevel level) throws Exception {
        byte[] binary = {0, -1, 10, -128};
        var files = Map.of(
                "bin/run.sh", new FileContent("#!/bin/sh\ncat data/in; printf ' and %s' \"$1\"", null, true),
                "data/in", text("grüße"),
                "binary", FileContent.of(binary));

        assertThat(at(level)
                        .withFiles(files)
                        .output("mkdir out; bin/run.sh 'a b' > out/f", new OutputFile("out/f", 100)))
                .isEqualTo(text("grüße and a b"));
        assertThat(at(level)
                        .withFiles(files)
                        .output("cp binary copy", new OutputFile("copy", 4))
                        .toBytes())
                .isEqualTo(binary);
        assertThat(at(level).refusal("head -c 101 /dev/zero > f", new OutputFile("f", 100)))
                .isEqualTo("OUTPUT_TOO_LARGE: outputs: 'f' must be at most 100 bytes");
        assertThat(at(level).refusal("truncate -s 1000000000 f || truncate -s 1000000 f", new OutputFile("f", 100)))
                .startsWith("OUTPUT_TOO_LARGE");
    }

    @ParameterizedTest
    @EnumSource
    void copiesAnInputDirectoryWithItsLinksUnread(SandboxLevel level) throws Exception {
        Path root = Files.createDirectories(directory.resolve("inputs"));
        Path project = Files.createDirectories(root.resolve("team/project/src"));
        Files.writeString(project.resolve("a"), "a");
        Files.createSymbolicLink(project.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(project.resolve("away"), directory);
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc"));
        var files = new InputFiles(Map.of("src/away/x", text("x")), InputTree.below(Optional.of(root), "team/project"));

        assertThat(at(level)
                        .with(files)
                        .run("cat src/b src/away/x; echo changed > src/a")
                        .stdout())
                .isEqualTo("ax");

        assertThat(project.resolve("a")).hasContent("a");
        assertThat(directory.resolve("x")).doesNotExist();
        assertThatThrownBy(() -> at(level)
                        .with(new InputFiles(Map.of(), InputTree.below(Optional.of(root), "link")))
                        .run("true"))
                .hasMessageContaining("'inputDirectory' must be a directory, and not a link");
    }

    @Test
    void passesOnVariablesArgumentsAndStdinAsTheyAre() throws Exception {
        String odd = "it's \"odd\" $HOME `id` \\ ; end\n=second\nline ü";
        try (var program = at(SandboxLevel.BWRAP)
                .withEnvironment(Map.of("ODD", odd, "fleet_found", "mine", "p", "2"))
                .withStdin("typed\n\nas it is")
                .start("sh", "-c", "printf %s \"$ODD$fleet_found$p|$1|$2|\"; cat", "sh", "a b", "")) {
            program.await(null);

            assertThat(program.result(Programs.OUTPUT).stdout()).isEqualTo(odd + "mine2|a b||typed\n\nas it is");
        }
    }

    @Test
    void cannotBeTurnedOnItsMakersByTheTasksVariables() throws Exception {
        var result = at(SandboxLevel.BWRAP)
                .withEnvironment(Map.of("LD_PRELOAD", "/nowhere.so", "LD_DEBUG", "files"))
                .with(new Limits(null, null, 33, null, null))
                .run("ulimit -n");

        assertThat(result.stdout()).contains("33\n");
        assertThat(result.stderr()).contains("/nowhere.so").doesNotContain("bwrap");
    }

    @Test
    void tellsAMissingProgramFromOneThatMayNotRun() {
        assertThatThrownBy(() -> at(SandboxLevel.BWRAP).start("no-such-program"))
                .hasMessage("argv[0]: no such program on this worker");
        assertThatThrownBy(() ->
                        at(SandboxLevel.BWRAP).withFiles(Map.of("f", text(""))).start("./f"))
                .hasMessage("argv[0]: the worker may not execute this file");
        assertThatThrownBy(() -> at(SandboxLevel.BWRAP).start("/etc")).hasMessageContaining("no such program");
    }

    @Test
    void isFirstToGoWhenMemoryIsShort() throws Exception {
        assertThat(at(SandboxLevel.BWRAP)
                        .run("cat /proc/self/oom_score_adj; grep -i nonewpriv /proc/self/status")
                        .stdout())
                .isEqualTo("1000\nNoNewPrivs:\t1\n");
    }

    @Test
    void cannotMakeNamespacesOfItsOwn() throws Exception {
        assertThat(at(SandboxLevel.BWRAP).run("unshare -U true").exitCode()).isNotZero();
    }

    @Test
    void leavesTheProgramsExitCodeAsItIs() throws Exception {
        assertThat(at(SandboxLevel.BWRAP).run("exit 7").exitCode()).isEqualTo(7);
        assertThat(at(SandboxLevel.BWRAP).run("kill -9 $$").exitCode()).isEqualTo(137);
        assertThat(at(SandboxLevel.BWRAP).run("kill -9 1; kill -9 -1; exit 3").exitCode())
                .isIn(3, 137);
    }

    private Programs at(SandboxLevel level) {
        return at(level, Map.of());
    }

    private Programs at(SandboxLevel level, Map<String, String> more) {
        if (programs != null) {
            programs.close();
        }
        programs = new Programs(level, Programs.base(directory), more);
        return programs;
    }

    private static FileContent text(String text) {
        return new FileContent(text, null, null);
    }

    private static String uidInside() throws IOException {
        int own = UserIds.own();
        return Integer.toString(own == UserIds.ROOT ? 65_534 : own);
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** Processes of this test that live. */
    private List<String> sleepers() throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var found = new java.util.ArrayList<String>();
            for (Path process : processes) {
                if (commandLine(process).startsWith("sleep\0" + sleeper)
                        || commandLine(process).startsWith("/bin/sleep\0" + sleeper)) {
                    found.add(process.getFileName().toString());
                }
            }
            return found;
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
