package dev.agentfleet.worker.agents.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.worker.sandbox.FileContent;
import dev.agentfleet.worker.sandbox.Limits;
import dev.agentfleet.worker.sandbox.OutputFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandInputTest {

    @Test
    void readsWhatItAlwaysRead() throws Exception {
        assertThat(read("{\"argv\":[\"true\"]}"))
                .isEqualTo(new CommandInput(List.of("true"), null, null, null, null, null));
    }

    @Test
    void readsEveryField() throws Exception {
        assertThat(read("""
                {"argv":["sh","run.sh"],"files":{"run.sh":{"text":"ls","executable":true},"b":{"base64":"AAE="}},
                 "inputDirectory":"team/project","outputs":[{"path":"out/report","maxBytes":10},{"path":"log"}],
                 "network":true,"sandbox":"bwrap",
                 "limits":{"cpuTime":"PT10S","processes":20,"openFiles":64,"fileSize":1000,"disk":1000000}}"""))
                .isEqualTo(new CommandInput(
                        List.of("sh", "run.sh"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of("run.sh", new FileContent("ls", null, true), "b", new FileContent(null, "AAE=", null)),
                        "team/project",
                        List.of(new OutputFile("out/report", 10), new OutputFile("log", null)),
                        true,
                        "bwrap",
                        new Limits(Duration.ofSeconds(10), 20, 64, 1_000L, 1_000_000L)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "files":{"../a":{"text":""}}             | files: names must be a relative path
            "files":{"/a":{"text":""}}               | files: names must be a relative path
            "files":{"a//b":{"text":""}}             | files: names must be a relative path
            "files":{"a\\u0000":{"text":""}}         | files: names must be a relative path
            "files":{"a":{}}                         | files: each must have one of text and base64
            "files":{"a":{"text":"","base64":""}}    | files: each must have one of text and base64
            "files":{"a":{"base64":"?"}}             | files: base64 must be valid
            "inputDirectory":".."                    | inputDirectory must be a relative path
            "inputDirectory":""                      | inputDirectory must be a relative path
            "outputs":[{"path":"a/./b"}]             | outputs: path must be a relative path
            "outputs":[{"path":"a","maxBytes":-1}]   | outputs: maxBytes must be from 0 to 131072
            "sandbox":"strong"                       | sandbox must be one of none, bwrap
            "limits":{"cpuTime":"PT0.1S"}            | limits.cpuTime must be at least PT1S
            "limits":{"processes":0}                 | limits.processes must be at least 1
            "limits":{"openFiles":1}                 | limits.openFiles must be at least 16
            "limits":{"fileSize":-1}                 | limits.fileSize must be at least 0
            "limits":{"disk":1}                      | limits.disk must be at least 4096
            "directory":"/tmp","outputs":[]          | directory cannot be given with files
            """)
    void namesTheFieldAndTheRuleThatIsBroken(String field, String message) {
        assertThatThrownBy(() -> read("{\"argv\":[\"true\"]," + field + "}"))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining(message);
    }

    private static CommandInput read(String json) throws Exception {
        return Json.mapper().readValue(json, CommandInput.class);
    }
}
