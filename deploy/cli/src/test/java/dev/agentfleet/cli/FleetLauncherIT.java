package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, in a {@link LauncherTree}. */
class FleetLauncherIT {
    @TempDir
    Path temp;

    private LauncherTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = LauncherTree.in(temp.toRealPath());
    }

    @Test
    void saysHowToGetAJdkWhenThereIsNone() throws Exception {
        // When
        var ended = tree.fleet("help");

        // Then
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stdout()).isEmpty();
        assertThat(ended.stderr())
                .contains("needs a JDK 25 or later")
                .contains("apt-get install", "brew install", "sdk install java");
    }

    @Test
    void namesTheJdksItFoundTooOld() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/old"), "17.0.9");

        // When
        var ended = tree.fleet("help");

        // Then
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains("too old").contains(".jdks/old (17)");
    }

    @Test
    void saysHowToGetMavenWhenABuildIsNeededAndThereIsNone() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");

        // When
        var ended = tree.fleet("help");

        // Then
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains("needs Maven 3.8.6 or later").contains("apt-get install maven");
    }

    @Test
    void refusesAMavenThatIsTooOld() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven("3.8.5", "");

        // When
        var ended = tree.fleet("help");

        // Then
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains("mvn (3.8.5)");
    }

    @Test
    void passesOverAJavaHomeThatIsTooOld() throws Exception {
        // Given
        tree.built();
        var old = tree.jdk(tree.home().resolve("old"), "21.0.4");
        var recent = tree.jdk(tree.home().resolve(".sdkman/candidates/java/25-tem"), "25");

        // When
        var ended = tree.run(
                tree.temp(),
                List.of("JAVA_HOME=" + old),
                tree.root().resolve("fleet").toString(),
                "runs");

        // Then
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.stdout()).contains("java " + recent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/usr/lib/jvm/temurin-25",
                "system/opt/jdk-25",
                "system/Library/Java/JavaVirtualMachines/25.jdk/Contents/Home",
                "system/opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
                "home/.sdkman/candidates/java/25-tem",
                "home/.asdf/installs/java/temurin-25",
                "home/.local/share/mise/installs/java/25",
                "home/.jdks/temurin 25"
            })
    void findsAJdkInTheUsualFolders(String folder) throws Exception {
        // Given
        tree.built();
        var jdk = tree.jdk(tree.temp().resolve(folder), "25.0.1");

        // When
        var ended = tree.fleet("runs");

        // Then
        assertThat(ended.stdout()).contains("java " + jdk);
    }

    @Test
    void keepsArgumentsAndTheCallersFolderThroughASymbolicLink() throws Exception {
        // Given
        tree.built();
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        var elsewhere = Files.createDirectories(tree.temp().resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("hop"), Path.of("../a checkout/fleet"));
        Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("hop"));

        // When
        var ended = tree.run(elsewhere, List.of(), "./link", "submit", "two words", "");

        // Then
        assertThat(ended.stdout())
                .contains("folder " + elsewhere + "\n")
                .contains("<-Dfleet.home=" + tree.root() + ">")
                .contains("<" + tree.root() + "/deploy/cli/target/agent-fleet-cli.jar><submit><two words><>");
    }

    @Test
    void buildsOnceWithProgressOnStderrOnly() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven("3.9.9", LauncherTree.makesArtifacts());

        // When
        var first = tree.fleet("runs", "--json");
        var second = tree.fleet("runs", "--json");

        // Then
        assertThat(first.exitCode()).as(first.stderr()).isZero();
        assertThat(first.stderr()).contains("[1/2] Agent Fleet: common ...").contains("[2/2] Agent Fleet: CLI ...");
        assertThat(first.stdout()).startsWith("java ");
        assertThat(second.stderr()).isEmpty();
        assertThat(tree.builds()).hasSize(1).first().asString().contains("package", "-DskipTests");
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrAnArtifactIsGone() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven("3.9.9", LauncherTree.makesArtifacts());
        tree.fleet("runs");

        // When
        Files.delete(tree.root().resolve("deploy/cli/src/main/java/Main.java"));
        tree.fleet("runs");
        Files.delete(tree.root().resolve(LauncherTree.ARTIFACTS.getFirst()));
        tree.fleet("runs");

        // Then
        assertThat(tree.builds()).hasSize(3);
    }

    @Test
    void showsTheErrorsOfABuildThatFails() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven("3.9.9", "echo '[ERROR] Main.java:[1,1] a semicolon is missing'; exit 1");

        // When
        var ended = tree.fleet("runs");

        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.stdout()).isEmpty();
        assertThat(ended.stderr()).contains("a semicolon is missing", ".fleet/logs/build.log");
        assertThat(tree.root().resolve(".fleet/build.lock")).doesNotExist();
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven("3.9.9", "sleep 2; " + LauncherTree.makesArtifacts());

        // When
        var other = tree.start(
                tree.temp(), List.of(), "first", tree.root().resolve("fleet").toString(), "one");
        var ended = tree.fleet("two");

        // Then
        assertThat(other.waitFor()).isZero();
        assertThat(ended.exitCode()).isZero();
        assertThat(tree.builds()).hasSize(1);
    }

    @Test
    void takesOverALockLeftBehind() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven("3.9.9", LauncherTree.makesArtifacts());
        Files.createDirectories(tree.root().resolve(".fleet"));
        Files.createSymbolicLink(
                tree.root().resolve(".fleet/build.lock"), Path.of("pid:" + LauncherTree.deadProcess()));

        // When
        var ended = tree.fleet("runs");

        // Then
        assertThat(ended.exitCode()).isZero();
        assertThat(tree.builds()).hasSize(1);
    }

    @Test
    void testNamesTheSuitesItCouldNotRunAndAddsUpTheReports() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.suiteTagged("tool:no-such-tool");
        tree.maven(
                "3.9.9",
                "echo '[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1'; " + LauncherTree.makesReports(5, 1));

        // When
        var ended = tree.fleet("test");

        // Then
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(tree.builds()).first().asString().contains("verify", "-DexcludedGroups=tool:no-such-tool");
        assertThat(ended.stdout())
                .contains("[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1")
                .containsPattern("Not run, for want of no-such-tool .*: ShellUserIT")
                .endsWith("Tests run: 10, Failures: 0, Errors: 0, Skipped: 2\n");
    }

    @Test
    void testLeavesLongSuitesToAllAndNamesThem() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.suiteTagged("long");
        tree.maven("3.9.9", LauncherTree.makesReports(5, 0));

        // When
        var some = tree.fleet("test");
        var all = tree.fleet("test", "--all");

        // Then
        assertThat(some.exitCode()).as(some.stderr()).isZero();
        assertThat(some.stdout()).containsPattern("Left to ./fleet test --all, .*: ShellUserIT");
        assertThat(all.exitCode()).as(all.stderr()).isZero();
        assertThat(all.stdout()).doesNotContain("ShellUserIT");
        assertThat(tree.builds()).hasSize(2);
        assertThat(tree.builds().getFirst()).contains("-DexcludedGroups=long");
        assertThat(tree.builds().getLast()).doesNotContain("excludedGroups");
    }

    @Test
    void testAllRefusesToStartWithoutATool() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.suiteTagged("tool:no-such-tool");
        tree.maven("3.9.9", LauncherTree.makesReports(5, 0));

        // When
        var ended = tree.fleet("test", "--all");

        // Then
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains("needs no-such-tool");
        assertThat(tree.root().resolve("builds")).doesNotExist();
    }

    @Test
    void testAllFailsOnASkippedTestAndTestOnNone() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");

        // When, Then
        tree.maven("3.9.9", LauncherTree.makesReports(5, 1));
        assertThat(tree.fleet("test", "--all").exitCode()).isEqualTo(1);
        tree.maven("3.9.9", LauncherTree.makesReports(5, 0));
        assertThat(tree.fleet("test", "--all").exitCode()).isZero();
        tree.maven("3.9.9", "");
        assertThat(tree.fleet("test").exitCode()).isEqualTo(1);
    }

    @Test
    void testFailsWithTheMessagesOfTheFailedTests() throws Exception {
        // Given
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven(
                "3.9.9",
                "echo '[ERROR]   RedTest.red:7 expected: 1 but was: 2'; " + LauncherTree.makesReports(5, 0)
                        + "; exit 1");

        // When
        var ended = tree.fleet("test");

        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.stdout()).contains("expected: 1 but was: 2");
    }

    @Test
    void buildsTheImagesOnTheBaseItIsToldAndNamesThem() throws Exception {
        // Given
        tree.built();
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.program("docker", "exit 0");
        tree.maven("3.9.9", "echo '[INFO] Built image to Docker daemon as agent-fleet/worker:7'");

        // When
        var ended = tree.fleet("images", "--base", "docker://mine:25", "--tag", "7");

        // Then
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.stdout()).isEqualTo("agent-fleet/worker:7\n");
        assertThat(tree.builds())
                .singleElement()
                .asString()
                .contains("-pl deploy/images", "-Dimages.skip=false", "package")
                .contains("-Dimages.base=docker://mine:25", "-Dimages.tag=7")
                .doesNotContain("images.prefix");
    }

    @Test
    void pushesImagesWithoutAnEngine() throws Exception {
        // Given
        tree.built();
        tree.jdk(tree.home().resolve(".jdks/new"), "25.0.1");
        tree.maven("3.9.9", "echo '[INFO] Built and pushed image as r.example/t/worker:1'");

        // When
        var ended = tree.fleet("images", "--push", "--prefix", "r.example/t");

        // Then
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.stdout()).isEqualTo("r.example/t/worker:1\n");
        assertThat(tree.builds())
                .singleElement()
                .asString()
                .contains("jib:build@orchestrator jib:build@worker", "-Dimages.prefix=r.example/t")
                .doesNotContain("package");
    }

    @Test
    void saysThatImagesNeedAnEngine() throws Exception {
        // Given
        tree.program("docker", "[ \"$1\" != info ]");

        // When
        var ended = tree.fleet("images");

        // Then
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains("needs a Docker engine that runs", "--push");
    }

    @Test
    void saysWhichArgumentOfImagesItDoesNotKnow() throws Exception {
        assertThat(tree.fleet("images", "--bas", "x").stderr()).contains("'--bas' is not a known argument");
        assertThat(tree.fleet("images", "--base").stderr()).contains("--base needs a value");
        assertThat(tree.fleet("images", "--help").stdout()).contains("--push", "--standins");
    }
}
