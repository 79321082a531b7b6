package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
@Tag("tool:bwrap")
class DemoRepairIT {
    private static final Duration BOUND = Duration.ofMinutes(7);

    @TempDir
    Path directory;

    @Test
    void testsFailAreRepairedInTheSandboxAndPassWithoutAKey() throws Exception {
        Path state = directory.resolve("fleet");
        try (var demo = FleetProcess.start(directory.resolve("output"), "demo", "repair", "--dir", state.toString())) {
            int code = demo.awaitExit(BOUND);

            assertThat(demo.output())
                    .contains("FAILED: 5 tests, 3 passed, 2 failed; sandbox: bwrap")
                    .contains("RECORDED answer: no model was asked")
                    .contains("-        return percentOff / 100 * sum;\n")
                    .contains("+        return (sum * percentOff + 99) / 100;\n")
                    .contains("PASSED: 5 tests, 5 passed, 0 failed; sandbox: bwrap")
                    .doesNotContain("\033", "DIED", "KILLED", "attempts");
            assertThat(code).as(demo.output()).isZero();
            assertThat(state.resolve("fleet.json")).doesNotExist();
        }
        var left = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(state.toString()));
        assertThat(left).isEmpty();
    }

    @Test
    void asksAProviderWithTheKeyOfAFileAndShowsTheKeyToNobodyElse() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "sk-canary-4711\n");
        try (var model = new FakeModel("sk-canary-4711");
                var demo = FleetProcess.start(
                        directory.resolve("output"),
                        "demo",
                        "repair",
                        "--provider",
                        "openai",
                        "--key-file",
                        key.toString(),
                        "--base-url",
                        model.url(),
                        "--model",
                        "gpt-test",
                        "-Dfleet.llm.prices.gpt-test.input=10",
                        "-Dfleet.llm.prices.gpt-test.output=100",
                        "--dir",
                        directory.resolve("fleet").toString())) {
            int code = demo.awaitExit(BOUND);

            assertThat(code).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("answer of gpt-test-1 (openai), prompt repair/v1")
                    .contains("tokens: 100 in, 20 out; cost: $0.003; latency: ")
                    .contains("PASSED: 5 tests, 5 passed, 0 failed")
                    .doesNotContain("RECORDED", "sk-canary");
            try (var logs = Files.list(directory.resolve("fleet/logs"))) {
                assertThat(logs.toList())
                        .isNotEmpty()
                        .allSatisfy(log -> assertThat(Files.readString(log)).doesNotContain("sk-canary"));
            }
        }
    }
}
