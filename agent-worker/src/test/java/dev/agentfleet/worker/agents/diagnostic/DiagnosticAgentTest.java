package dev.agentfleet.worker.agents.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.agents.AgentRun;
import dev.agentfleet.worker.llm.Desk;
import dev.agentfleet.worker.llm.ScriptedClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosticAgentTest {

    private static final String INPUT = """
            {'model': 'm', 'files': {'Sum.java': 'int sum;\\nreturn a - b;\\n'},
             'report': {'passed': false, 'exitCode': 134, 'stdout': 'aborted'}}""";

    @Test
    void returnsADiagnosisThatRepairTakes() throws Exception {
        var client = new ScriptedClient(diagnosis("Sum.java", 2));

        var output = run(client).output(INPUT);

        assertThat(output.path("diagnosis").toString())
                .isEqualTo("{\"rootCause\":\"It subtracts.\",\"suspects\":[{\"file\":\"Sum.java\",\"line\":2,"
                        + "\"reason\":\"minus\"}],\"confidence\":\"HIGH\"}");
        assertThat(output.path("prompt").asText()).isEqualTo("diagnostic/v1");
        assertThat(output.path("call").path("model").asText()).isEqualTo("m");
    }

    @Test
    void asksWithNumberedLinesAndTheOutputWhereNoReportTellsMore() throws Exception {
        var client = new ScriptedClient(diagnosis("Sum.java", 2));

        run(client).output(INPUT);

        assertThat(client.asked.getFirst().turns().getFirst().text())
                .contains("<file path=\"Sum.java\">\n1: int sum;\n2: return a - b;\n</file>\n")
                .contains(
                        "The tests failed.\nThe test command ended with exit code 134.\nEnd of its stdout:\naborted\n");
    }

    @Test
    void tellsTheModelOnceThatASuspectIsNone() throws Exception {
        var client = new ScriptedClient(diagnosis("Other.java", 1), diagnosis("Sum.java", 1));

        assertThat(run(client).output(INPUT).path("diagnosis").path("suspects").size())
                .isEqualTo(1);
        assertThat(client.asked.getLast().turns().getLast().text())
                .contains("each suspect's file must be one of the project's");
    }

    @Test
    void failsForAnotherAttemptWhenThatDoesNotHelp() {
        assertThat(run(new ScriptedClient(diagnosis("Sum.java", 3), diagnosis("Sum.java", 4)))
                        .failure(INPUT))
                .isEqualTo(
                        "DIAGNOSIS_UNUSABLE: The model's diagnosis cannot be taken: each suspect's line must be one of"
                                + " its file");
    }

    @Test
    void aBrokenSchemaGoesThroughTheRepairOfTheClient() {
        assertThat(run(new ScriptedClient("{}", "{}")).failure(INPUT)).startsWith("OUTPUT_NOT_OF_SCHEMA: ");
    }

    private static String diagnosis(String file, int line) {
        return "{\"rootCause\": \"It subtracts.\", \"confidence\": \"HIGH\", \"suspects\": [{\"file\": \"" + file
                + "\", \"line\": " + line + ", \"reason\": \"minus\"}]}";
    }

    private static AgentRun run(ScriptedClient client) {
        return new AgentRun(new DiagnosticAgent(new Desk(Map.of(), client).models));
    }
}
