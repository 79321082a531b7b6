package dev.agentfleet.worker.agents.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.worker.agents.AgentRun;
import dev.agentfleet.worker.llm.Desk;
import dev.agentfleet.worker.llm.ScriptedClient;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepairAgentTest {

    private static final String INPUT = """
            {'model': 'm', 'files': {'Sum.java': 'return a - b;\\n', 'SumTest.java': 'assert sum(1, 1) == 2;\\n'},
             'fixed': ['SumTest.java'],
             'diagnosis': {'rootCause': 'It subtracts.', 'confidence': 'HIGH',
                           'suspects': [{'file': 'Sum.java', 'line': 1, 'reason': 'minus'}]},
             'report': {'passed': false, 'exitCode': 1, 'stdout': 'took 12 ms', 'duration': 'PT1.5S',
                        'counts': {'tests': 1, 'passed': 0, 'failed': 1, 'errors': 0, 'skipped': 0},
                        'failed': [{'name': 'SumTest.adds', 'kind': 'FAILED', 'message': 'expected 2 but was 0'}]}}""";

    private static final String GOOD = edit("Sum.java", "a - b", "a + b");
    private static final String BAD = edit("Sum.java", "a-b", "a + b");

    @Test
    void returnsTheEditsAndTheChangedFiles() throws Exception {
        var client = new ScriptedClient(GOOD);

        var output = run(client).output(INPUT);

        assertThat(output.path("files").toString()).isEqualTo("{\"Sum.java\":\"return a + b;\\n\"}");
        assertThat(output.path("edits").toString())
                .isEqualTo("[{\"file\":\"Sum.java\",\"find\":\"a - b\",\"replace\":\"a + b\"}]");
        assertThat(output.path("summary").asText()).isEqualTo("done");
        assertThat(output.path("prompt").asText()).isEqualTo("repair/v1");
        assertThat(client.asked.getFirst().agent()).isEqualTo("repair");
        assertThat(client.asked.getFirst().schema()).isNotNull();
    }

    @Test
    void asksWithEverythingItKnowsAndNothingThatDiffersBetweenTwoRuns() throws Exception {
        var client = new ScriptedClient(GOOD);

        run(client).output(INPUT);

        assertThat(client.asked.getFirst().turns().getFirst().text())
                .contains("""
                        <file path="Sum.java">
                        return a - b;
                        </file>
                        <file path="SumTest.java">
                        assert sum(1, 1) == 2;
                        </file>
                        """)
                .contains("It subtracts.\n- Sum.java, line 1: minus\nConfidence: HIGH\n")
                .contains(
                        "1 tests: 0 passed, 1 failed, 0 errors, 0 skipped.\n- FAILED SumTest.adds\n    expected 2 but was 0\n")
                .contains("stay as they are:\n- SumTest.java\n")
                .doesNotContain("12 ms", "1.5", "{files}", "{fixed}");
    }

    @Test
    void tellsTheModelOnceWhichEditDoesNotMatch() throws Exception {
        var client = new ScriptedClient(BAD, GOOD);
        var run = run(client);

        var output = run.output(INPUT);

        assertThat(output.path("files").path("Sum.java").asText()).isEqualTo("return a + b;\n");
        assertThat(output.path("call").path("usage").path("input").asInt()).isEqualTo(20);
        assertThat(run.attempt.spent()).isEqualTo(Cost.of(26, 10, 4, 2, new BigDecimal("0.02")));
        var turns = client.asked.getLast().turns();
        assertThat(turns).hasSize(3);
        assertThat(turns.getLast().text())
                .contains("None of these edits was applied:\n- edit 1 (Sum.java): find is not in the file");
    }

    @Test
    void failsForAnotherAttemptWhenTheEditsStillDoNotMatch() {
        var client = new ScriptedClient(BAD, edit("SumTest.java", "2", "0"));

        assertThat(run(client).failure(INPUT))
                .isEqualTo("EDITS_DO_NOT_MATCH: The model's edits do not match, and none was applied: edit 1"
                        + " (SumTest.java): this file must stay as it is");
        assertThat(client.asked).hasSize(2);
    }

    @Test
    void refusesInputThatBreaksARuleAndNamesIt() {
        Map.of(
                        "{'model': 'm'}", "field 'files' must be readable as ProjectFiles",
                        "{'model': 'm', 'files': {}, 'instructions': 'x'}",
                                "input is refused: files: must be at least one",
                        "{'model': 'm', 'files': {'a': 'b'}}",
                                "input is refused: diagnosis: must be given, or report, or instructions",
                        "{'model': 'm', 'files': {'a': 'b'}, 'instructions': 'x', 'fixed': ['c']}",
                                "input is refused: fixed: each path must be one of files")
                .forEach((input, message) ->
                        assertThat(run(new ScriptedClient()).failure(input)).isEqualTo("INVALID_INPUT: " + message));
    }

    private static String edit(String file, String find, String replace) {
        return "{\"summary\": \"done\", \"edits\": [{\"file\": \"" + file + "\", \"find\": \"" + find
                + "\", \"replace\": \"" + replace + "\"}]}";
    }

    private static AgentRun run(ScriptedClient client) {
        return new AgentRun(new RepairAgent(new Desk(Map.of(), client).models));
    }
}
