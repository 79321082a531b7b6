package dev.agentfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    @TempDir
    Path directory;

    @Test
    void tellsOfItsDeathWithTheEndOfItsLog() throws Exception {
        Child child = start("echo one; echo two; exit 3");
        var death = new CompletableFuture<Child>();

        child.onDeath(death::complete);

        assertThat(death.get(10, TimeUnit.SECONDS).ending()).isEqualTo("ended with exit code 3");
        assertThat(child.lastLines(1)).containsExactly("two");
        assertThat(child.find(Pattern.compile("(o.e)"))).contains("one");
    }

    @Test
    void doesNotTellOfAnEndThatWasAskedFor() throws Exception {
        Child child = start("exec sleep 600");
        var death = new CompletableFuture<Child>();
        child.onDeath(death::complete);

        child.askToStop();

        assertThat(child.awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(child.ending()).isEqualTo("was stopped (SIGTERM)");
        assertThat(death).isNotDone();
    }

    @Test
    void killsWhatDoesNotStop() throws Exception {
        Child child = start("trap '' TERM; echo ready; while true; do sleep 0.1; done");
        while (child.find(Pattern.compile("(ready)")).isEmpty()) {
            Thread.onSpinWait();
        }

        child.askToStop();

        assertThat(child.awaitEnd(Duration.ofMillis(300))).isFalse();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void keepsTheLogOfTheStartBefore() throws Exception {
        start("echo first").awaitEnd(Duration.ofSeconds(10));

        Child second = start("echo second");
        second.awaitEnd(Duration.ofSeconds(10));

        assertThat(second.lastLines(9)).containsExactly("second");
        assertThat(directory.resolve("child.log.1")).hasContent("first");
    }

    private Child start(String script) throws Exception {
        var log = LogFile.fresh(directory.resolve("child.log"));
        return Child.start(Role.WORKER, "child", List.of("sh", "-c", script), Map.of(), directory, log);
    }
}
