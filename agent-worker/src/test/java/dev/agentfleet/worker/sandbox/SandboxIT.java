package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.SandboxLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a program is kept from. */
@Tag("tool:bwrap")
class SandboxIT {

    @RegisterExtension
    private final Sandboxes sandboxes = new Sandboxes();

    @Test
    void showsProgramsNothingOfTheWorkersEnvironment() throws Exception {
        String look = "env; cat /proc/*/environ /proc/*/cmdline | tr '\\0' '\\n' | grep -a s3cret; echo done";
        var secret = Map.of("FLEET_API_KEY", "s3cret-of-the-worker");

        // Without a sandbox it can be read, which shows that this looks in the right places.
        assertThat(said(WorkerLike.start(SandboxLevel.NONE, sandboxes.base(), look, secret)))
                .contains("s3cret-of-the-worker", "done");
        assertThat(said(WorkerLike.start(SandboxLevel.BWRAP, sandboxes.base(), look, secret)))
                .contains("done")
                .doesNotContain("s3cret-of-the-worker", "FLEET_API_KEY");
    }

    @Test
    void hasNoNetworkUnlessTheTaskAsksAndTheWorkerAllows() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = ":" + String.format(Locale.ROOT, "%04X", listening.getLocalPort());
            String look = "cat /proc/net/tcp /proc/net/tcp6";

            assertThat(sandboxes.at(SandboxLevel.BWRAP).run(look).stdout()).doesNotContain(port);
            assertThatThrownBy(
                            () -> sandboxes.at(SandboxLevel.BWRAP).withNetwork().run(look))
                    .isInstanceOf(AgentFailureException.class)
                    .hasMessage("field 'network' needs fleet.worker.sandbox.network on the worker");
            assertThat(sandboxes
                            .at(SandboxLevel.BWRAP, Map.of("fleet.worker.sandbox.network", "true"))
                            .withNetwork()
                            .run(look)
                            .stdout())
                    .contains(port);
            assertThat(sandboxes
                            .at(SandboxLevel.BWRAP, Map.of("fleet.worker.sandbox.network", "true"))
                            .run(look)
                            .stdout())
                    .doesNotContain(port);
        }
    }

    @Test
    void seesAReadOnlySystemAndNothingElseOfTheMachine() throws Exception {
        Path outside = Files.writeString(sandboxes.directory().resolve("outside"), "of the machine");

        var result = sandboxes
                .at(SandboxLevel.BWRAP)
                .run("for d in / /usr /usr/bin /etc /dev /proc; do touch $d/x 2>/dev/null && echo wrote $d; done;"
                        + " ls -A /tmp /dev/shm; ls -d /root /home /var /run /boot /srv /mnt 2>/dev/null;"
                        + " cat " + outside
                        + " 2>/dev/null; ls -A /etc/ssl; id -u; hostname; ls /proc | grep -c '^[0-9]'");

        assertThat(result.stdout())
                .isEqualTo("/dev/shm:\n\n/tmp:\ncerts\nopenssl.cnf\n" + uidInside() + "\nsandbox\n4\n");
    }

    @Test
    void capsWhatIsWrittenWhereverThatIs() throws Exception {
        var result = sandboxes
                .at(SandboxLevel.BWRAP)
                .with(new Limits(null, null, null, null, 1_048_576L))
                .run("for f in $PWD/f /tmp/f /dev/shm/f; do head -c 5000000 /dev/zero > $f; stat -c %s $f; done;"
                        + " for i in $(seq 300); do head -c 5000 /dev/zero > g$i || break; done; du -sk .");

        assertThat(result.stdout()).isEqualTo("1048576\n1048576\n1048576\n1024\t.\n");
        assertThat(result.stderr()).contains("No space left on device");
    }

    @ParameterizedTest
    @EnumSource
    void limitsProcessorTimeFilesAndTheirSize(SandboxLevel level) throws Exception {
        assertThat(sandboxes
                        .at(level)
                        .with(new Limits(Duration.ofSeconds(1), null, null, null, null))
                        .run("while :; do :; done"))
                .extracting(ProgramResult::exitCode)
                .isEqualTo(152);
        assertThat(sandboxes
                        .at(level)
                        .with(new Limits(null, null, 20, 4_096L, null))
                        .run("ulimit -n; sh -c 'head -c 10000 /dev/zero > f'; echo $?; stat -c %s f")
                        .stdout())
                .isEqualTo("20\n153\n4096\n");
    }

    @Test
    void cannotBeTurnedOnItsMakersByTheTasksVariables() throws Exception {
        var result = sandboxes
                .at(SandboxLevel.BWRAP)
                .withEnvironment(Map.of("LD_PRELOAD", "/nowhere.so", "LD_DEBUG", "files"))
                .with(new Limits(null, null, 33, null, null))
                .run("ulimit -n");

        assertThat(result.stdout()).contains("33\n");
        assertThat(result.stderr()).contains("/nowhere.so").doesNotContain("bwrap");
    }

    @Test
    void isFirstToGoWhenMemoryIsShort() throws Exception {
        assertThat(sandboxes
                        .at(SandboxLevel.BWRAP)
                        .run("cat /proc/self/oom_score_adj; grep -i nonewpriv /proc/self/status")
                        .stdout())
                .isEqualTo("1000\nNoNewPrivs:\t1\n");
    }

    @Test
    void cannotMakeNamespacesOfItsOwn() throws Exception {
        assertThat(sandboxes.at(SandboxLevel.BWRAP).run("unshare -U true").exitCode())
                .isNotZero();
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String uidInside() throws IOException {
        int own = UserIds.own();
        return Integer.toString(own == UserIds.ROOT ? 65_534 : own);
    }
}
