package dev.agentfleet.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.submission.Lines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {
    @Test
    void readsOneTaskPerLine() throws Exception {
        var tasks =
                tasks("{\"agent\":\"a\",\"input\":1}\n\n {\"input\":{\"deep\":[1,{}]},\"timeout\":\"PT5S\"}\r\n", "b");

        assertThat(tasks).extracting(TaskSpec::agent).containsExactly("a", null);
    }

    @Test
    void readsALastLineWithoutAnEnd() throws Exception {
        assertThat(tasks("{\"agent\":\"a\"}\n{\"agent\":\"b\"}", null)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"SubmitRun","agent":"a"}
            {"runId":"r","agent":"a"}
            {"tasks":[{"agent":"a"}]}
            {"agent":"a","options":{"timeout":"PT1S"}}
            """)
    void readsAWholeRunOnOneLine(String line) throws Exception {
        assertThat(read(line + "\n", null)).isInstanceOf(Input.Run.class);
    }

    @Test
    void readsAWholeRunOverSeveralLines() throws Exception {
        assertThat(read("{\n \"agent\": \"a\",\n \"input\": {}\n}\n", null)).isInstanceOf(Input.Run.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"agent":"a","inptu":1}        | line 2: 'inptu' is not a field of a task; it may have agent, input, pool, timeout
            {"input":1}                    | line 2: agent: 'null' must be named here or with --agent
            {"agent":"a","timeout":"PT0S"} | line 2: timeout: 'PT0S' must be longer than zero
            {"agent":"a","timeout":"soon"} | line 2: Cannot deserialize
            {"agent":"a"} {"agent":"a"}    | line 2: must be one JSON object and nothing after it
            [1]                            | line 2: must be a JSON object
            {"agent":a}                    | line 2: not well-formed JSON at column
            {"agent":"a"                   | line 2: not well-formed JSON at column
            """)
    void namesLineFieldAndRule(String line, String message) {
        assertThatThrownBy(() -> tasks("{\"agent\":\"a\"}\n" + line + "\n", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesTheFieldInsideARun() {
        assertThatThrownBy(() -> read("{\"tasks\":[{\"agent\":\"a\"},{\"agent\":\"B\"}]}", null))
                .hasMessageContaining("agent: 'B' must be");
    }

    @Test
    void refusesALineThatIsTooLong() {
        assertThatThrownBy(() -> tasks("{\"agent\":\"a\",\"input\":\"" + "x".repeat(Lines.LONGEST) + "\"}", null))
                .hasMessage("line 1: must be at most 524288 bytes long");
    }

    @Test
    void refusesAnythingAfterAWholeRun() {
        assertThatThrownBy(() -> read("{\"runId\":\"r\",\"agent\":\"a\"}\n{\"agent\":\"a\"}\n", null))
                .hasMessage("line 2: a SubmitRun must stand alone");
    }

    @Test
    void refusesEmptyInput() {
        assertThatThrownBy(() -> read(" \n\n", null)).hasMessageStartingWith("the input is empty");
    }

    private static List<TaskSpec> tasks(String text, @Nullable String agent) throws IOException {
        var source = ((Input.Tasks) read(text, agent)).source();
        var tasks = new ArrayList<TaskSpec>();
        for (TaskSpec task = source.next(); task != null; task = source.next()) {
            tasks.add(task);
        }
        return tasks;
    }

    private static Input read(String text, @Nullable String agent) throws IOException {
        return Input.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), agent);
    }
}
