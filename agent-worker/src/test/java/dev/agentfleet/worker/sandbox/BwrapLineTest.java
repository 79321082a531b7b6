package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BwrapLineTest {

    private static final WorkerLimits LIMITS = new WorkerLimits(Duration.ofSeconds(7), 10, 20, 30, 40_000);

    @Test
    void separatesEverythingAndLimitsTheProgram() {
        var line = String.join(" ", ordinary().of(List.of("ls", "-l"), null, LIMITS, false));

        assertThat(line)
                .startsWith("/usr/bin/bwrap --unshare-user --disable-userns --unshare-pid --unshare-ipc --unshare-uts")
                .contains(
                        " --unshare-net ", " --as-pid-1 --die-with-parent --new-session ", " --proc /proc --dev /dev ")
                .contains(
                        " --size 40000 --tmpfs /work ",
                        " --size 40000 --tmpfs /tmp ",
                        " --size 40000 --tmpfs /dev/shm ")
                .contains(" --ro-bind-try /usr /usr ", " --ro-bind-try /opt/jdk /opt/jdk ")
                .contains(
                        " --chdir /work -- /usr/bin/prlimit --core=0 --cpu=7:8 --nproc=11 --nofile=20 --fsize=30 -- /bin/sh")
                .endsWith(" sh ls -l")
                .doesNotContain("setpriv", "--ro-bind /", " --bind ", " /etc /etc", " / / ");
    }

    @Test
    void leavesTheNetworkWhereItMay() {
        assertThat(ordinary().of(List.of("ls"), null, LIMITS, true)).doesNotContain("--unshare-net");
    }

    @Test
    void showsInputFilesReadOnly() {
        assertThat(String.join(" ", ordinary().of(List.of("ls"), Path.of("/base/w/1"), LIMITS, false)))
                .contains(" --ro-bind /base/w/1 /input ");
    }

    @Test
    void gaveUpTheRightsOfRootBefore() {
        var line = new BwrapLine(
                        Path.of("/usr/bin/setpriv"),
                        1_000,
                        Path.of("/usr/bin/bwrap"),
                        Path.of("/usr/bin/prlimit"),
                        List.of())
                .of(List.of("ls"), null, LIMITS, false);

        assertThat(String.join(" ", line))
                .startsWith("/usr/bin/setpriv --reuid 1000 --regid 1000 --clear-groups -- /usr/bin/bwrap ");
    }

    private static BwrapLine ordinary() {
        return new BwrapLine(
                null, 1, Path.of("/usr/bin/bwrap"), Path.of("/usr/bin/prlimit"), List.of(Path.of("/opt/jdk")));
    }
}
