package dev.agentfleet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path directory;

    @BeforeEach
    void write() throws Exception {
        Files.createDirectories(directory.resolve("deep/target"));
        Files.createDirectories(directory.resolve(".git"));
        Files.writeString(directory.resolve("deep/target/built"), "x");
        Files.writeString(directory.resolve(".git/config"), "x");
        Files.writeString(directory.resolve("plain.txt"), "one two\nthree\n");
        Files.writeString(directory.resolve("no end.txt"), "word");
        Files.writeString(directory.resolve("deep/it's \"odd\"\n name"), "é ü  \n");
        Files.writeString(directory.resolve("empty"), "");
        Files.write(directory.resolve("binary"), new byte[] {0, (byte) 0xff, 10, 32, 65});
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("plain.txt"));
    }

    @Test
    void findsTheRegularFilesOfTheSources() throws Exception {
        var files = DemoFiles.in(directory, 10);

        assertThat(files.complete()).isTrue();
        assertThat(files.files())
                .extracting(Path::toString)
                .containsExactly("binary", "deep/it's \"odd\"\n name", "empty", "no end.txt", "plain.txt");
    }

    @Test
    void saysThatItWasCut() throws Exception {
        var files = DemoFiles.in(directory, 2);

        assertThat(files.complete()).isFalse();
        assertThat(files.files()).hasSize(2);
    }

    @Test
    void addsUpToWhatTheShellSays() throws Exception {
        assertThat(shellAnswers(DemoFiles.in(directory, 10))).isEqualTo(fleetAnswers(DemoFiles.in(directory, 10)));
    }

    @Test
    void addsUpToWhatTheShellSaysOfAPart() throws Exception {
        var part = DemoFiles.in(directory, 3);

        assertThat(shellAnswers(part)).isEqualTo(fleetAnswers(part));
    }

    @Test
    void readsOnlyWhatTheToolsPrint() {
        var noFile = new Payload("{\"exitCode\":1,\"stdout\":\"\"}");

        assertThat(FileCount.of(noFile)).isEmpty();
        assertThat(FileCount.of(new Payload("{\"exitCode\":0,\"stdout\":\"hello\"}")))
                .isEmpty();
        assertThat(FileCount.of(new Payload("[]"))).isEmpty();
    }

    private List<String> fleetAnswers(DemoFiles files) throws Exception {
        var totals = new Totals();
        var task = new CountTask(Checksum.tool());
        for (Path file : files.files()) {
            var input = task.of(files.root().resolve(file)).inputOrNull();
            var argv = new ArrayList<String>();
            Json.mapper().readTree(input.json()).path("argv").forEach(word -> argv.add(word.asText()));
            var output =
                    JsonNodeFactory.instance.objectNode().put("exitCode", 0).put("stdout", run(argv));
            totals.add(file, FileCount.of(new Payload(output.toString())).orElseThrow());
        }
        var all = totals.all();
        return List.of(
                all.files() + " " + all.lines() + " " + all.words() + " " + all.bytes() + "\n",
                totals.checksum() + "  -\n");
    }

    private List<String> shellAnswers(DemoFiles files) throws Exception {
        Path list = Files.writeString(directory.resolveSibling("names of demo"), Demo.names(files.files()));
        var answers = new ArrayList<String>();
        for (String line : new CheckCommands(files, list, Checksum.tool()).lines()) {
            answers.add(run(List.of("sh", "-c", line)));
        }
        return answers;
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
