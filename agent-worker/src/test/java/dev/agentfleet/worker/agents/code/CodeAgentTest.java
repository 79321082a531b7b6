package dev.agentfleet.worker.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.agents.AgentRun;
import dev.agentfleet.worker.llm.Desk;
import dev.agentfleet.worker.llm.ScriptedClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeAgentTest {

    private static final String INPUT =
            "{'model': 'm', 'description': 'Write {it}', 'files': {'A.java': 'class A {}', 'B.java': 'class B {}'}}";

    @Test
    void returnsNewAndChangedFilesAndLeavesOutWhatStayed() throws Exception {
        var client = new ScriptedClient(files("A.java", "class A { int a; }", "B.java", "class B {}", "c/C.java", "x"));

        var output = run(client).output(INPUT);

        assertThat(output.path("files").toString()).isEqualTo("{\"A.java\":\"class A { int a; }\",\"c/C.java\":\"x\"}");
        assertThat(output.path("created").toString()).isEqualTo("[\"c/C.java\"]");
        assertThat(output.path("changed").toString()).isEqualTo("[\"A.java\"]");
        assertThat(output.path("prompt").asText()).isEqualTo("code/v1");
        assertThat(client.asked.getFirst().turns().getFirst().text())
                .contains("Write {it}")
                .contains("<file path=\"A.java\">\nclass A {}\n</file>\n");
    }

    @Test
    void tellsTheModelOnceThatAPathLeadsElsewhere() throws Exception {
        var client = new ScriptedClient(files("../A.java", "x"), files("A.java", "x"));

        assertThat(run(client).output(INPUT).path("files").toString()).isEqualTo("{\"A.java\":\"x\"}");
        assertThat(client.asked.getLast().turns().getLast().text()).contains("path '../A.java' must be relative");
    }

    @Test
    void failsForAnotherAttemptWhenTheFilesStillCannotBeTaken() {
        assertThat(run(new ScriptedClient(files("A.java", "x", "A.java", "y"), files("A.java", "class A {}")))
                        .failure(INPUT))
                .isEqualTo("FILES_UNUSABLE: The model's files cannot be taken: files: at least one must be new or"
                        + " different");
    }

    @Test
    void refusesInputThatBreaksARuleAndNamesIt() {
        assertThat(run(new ScriptedClient()).failure("{'model': 'm', 'description': ' '}"))
                .isEqualTo("INVALID_INPUT: input is refused: description: must not be blank");
        assertThat(run(new ScriptedClient()).failure("{'model': 'm', 'description': '" + "x".repeat(20_001) + "'}"))
                .isEqualTo("INVALID_INPUT: input is refused: description: '20001 characters' must be at most 20000");
    }

    private static String files(String... pathsAndContents) {
        var json = new StringBuilder("{\"summary\": \"done\", \"files\": [");
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            json.append(i == 0 ? "" : ", ")
                    .append("{\"path\": \"")
                    .append(pathsAndContents[i])
                    .append("\", \"content\": \"")
                    .append(pathsAndContents[i + 1])
                    .append("\"}");
        }
        return json.append("]}").toString();
    }

    private static AgentRun run(ScriptedClient client) {
        return new AgentRun(new CodeAgent(new Desk(Map.of(), client).models));
    }
}
