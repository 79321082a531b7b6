package dev.agentfleet.cli.demo.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StepTextTest {
    private static final Cost COST = new Cost(1_234, 56, 1_500_000);

    private final StringWriter out = new StringWriter();
    private final StepText text = new StepText(new Terminal(new PrintWriter(out), new PrintWriter(out), false));

    @Test
    void showsFailedTestsWithTheSandboxAndNothingThatCommandsATerminal() throws Exception {
        text.tests(step("""
                {"passed":false,"exitCode":1,"counts":{"tests":3,"passed":1,"failed":1,"errors":1,"skipped":0},
                 "failed":[{"name":"CartTest.a","kind":"FAILED","message":"no\\u001b[31m"}],"sandbox":"bwrap"}"""));

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                           FAILED: 3 tests, 1 passed, 2 failed; sandbox: bwrap
                             CartTest.a: no?[31m
                        """);
    }

    @Test
    void saysThatAnAnswerIsRecordedAndShowsEachEdit() throws Exception {
        text.repair(step("""
                {"summary":"Added.","edits":[{"file":"A.java","find":"a - b\\n","replace":"a + b\\n"}],"prompt":"repair/v1",
                 "call":{"provider":"recorded","model":"written-by-hand","usd":0,"recorded":true,"latency":"PT0S"}}"""));

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                           RECORDED answer: no model was asked. Source: written-by-hand, prompt repair/v1
                           tokens: 1,234 in, 56 out; cost: $0.0015 (as the recording says)
                           Added.
                           --- A.java
                           -a - b
                           +a + b
                        """);
    }

    @Test
    void saysWhatAnAnswerTookAndThatAPriceIsUnknown() throws Exception {
        text.diagnosis(step("""
                {"diagnosis":{"rootCause":"It subtracts.","suspects":[{"file":"A.java","line":3,"reason":"minus"}],
                 "confidence":"HIGH"},"prompt":"diagnostic/v1",
                 "call":{"provider":"openai","model":"m","recorded":false,"latency":"PT1.5S"}}"""));

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                           answer of m (openai), prompt diagnostic/v1
                           tokens: 1,234 in, 56 out; cost: unknown: fleet.llm.prices has none for this model; latency: 1.5 s
                           It subtracts.
                             A.java:3: minus
                           confidence: HIGH
                        """);
    }

    private static Step step(String output) throws Exception {
        return new Step(Json.mapper().readTree(output), COST);
    }
}
