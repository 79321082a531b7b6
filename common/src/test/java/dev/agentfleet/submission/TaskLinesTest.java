package dev.agentfleet.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskLinesTest {

    @Test
    void readsTheHeadAndOneTaskALine() throws Exception {
        Lines lines = lines("{\"runId\":\"r\",\"agent\":\"a\",\"options\":{\"concurrency\":3}}\n"
                + "{\"input\":1}\n\n {\"agent\":\"b\",\"later\":true}\r\n{}");

        SubmitRun head = RunHead.read(Objects.requireNonNull(lines.next()));
        List<TaskSpec> tasks = rest(lines);

        assertThat(head.runId()).isEqualTo(new RunId("r"));
        assertThat(Objects.requireNonNull(head.options()).concurrency()).isEqualTo(3);
        assertThat(tasks).extracting(TaskSpec::agent).containsExactly(null, "b", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"agent":"B"}                  | line 2: agent: 'B' must be 1 to 63 lower-case letters
            {"agent":"a","timeout":"PT0S"} | line 2: timeout: 'PT0S' must be longer than zero
            {"agent":"a","timeout":"soon"} | line 2: field 'timeout'
            {"agent":"a"} {"agent":"a"}    | line 2: value: must be one JSON object, with no field twice and nothing after it
            ["a"]                          | line 2: value: must be one JSON object
            {"agent":a}                    | line 2: not well-formed JSON at byte
            {"agent":"a"                   | line 2: not well-formed JSON at byte
            null                           | line 2: value: 'null' must be a JSON object
            {"agent":"refused"}            | line 2: agent: 'refused' must be another
            """)
    void namesLineFieldValueAndRule(String line, String message) {
        assertThatThrownBy(() -> rest(lines("{}\n" + line + "\n")))
                .isInstanceOf(InvalidLineException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"agent":"echo","input":1}      | line 1: input: '…' must be left out: the first line is the run
            {"tasks":[]}                    | line 1: tasks: '…' must be left out
            {"open":true}                   | line 1: open: '…' must be left out
            {"type":"SealRun"}              | line 1: type: 'SealRun' is not a message known here
            {"runId":"a/b"}                 | line 1: runId: 'a/b' must be 1 to 128
            {"options":{"concurrency":0}}   | line 1: options.concurrency: '0' must be at least 1
            [1]                             | line 1: line: '…' must be a JSON object
            {"agent":"a","agent":"b"}       | line 1: value: must be one JSON object, with no field twice
            {"agent"                        | line 1: not well-formed JSON at byte
            """)
    void refusesAFirstLineThatIsNoRun(String line, String message) throws Exception {
        Lines.Line first = Objects.requireNonNull(lines(line).next());

        assertThatThrownBy(() -> RunHead.read(first))
                .isInstanceOf(InvalidLineException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesALineThatIsTooLongWithoutHoldingIt() {
        assertThatThrownBy(() -> rest(lines("{\"input\":\"" + "x".repeat(Lines.LONGEST) + "\"}")))
                .hasMessage("line 1: must be at most 524288 bytes long");
    }

    private static Lines lines(String text) {
        return new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<TaskSpec> rest(Lines lines) throws IOException {
        var source = new TaskLines(
                lines, task -> "refused".equals(task.agent()) ? "agent: 'refused' must be another" : null);
        var tasks = new ArrayList<TaskSpec>();
        for (TaskSpec task = source.next(); task != null; task = source.next()) {
            tasks.add(task);
        }
        return tasks;
    }
}
