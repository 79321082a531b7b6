package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @Test
    void readsTheShortestSubmission() {
        Request request = read("{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":{\"text\":\"hi\"}}");

        assertThat(request)
                .isEqualTo(new SubmitRun(null, "echo", new Payload("{\"text\":\"hi\"}"), null, null, null, null));
        assertThat(((SubmitRun) request).taskList())
                .containsExactly(new TaskSpec(null, new Payload("{\"text\":\"hi\"}"), null, null));
    }

    /** A worker runs each attempt on a virtual thread of its own. */
    @Test
    void aVirtualThreadLeavesItsBuffersToTheNext() throws InterruptedException {
        readOnAVirtualThread();
        int left = Json.mapper().getFactory()._getRecyclerPool().pooledCount();
        readOnAVirtualThread();

        assertThat(left).isPositive();
        assertThat(Json.mapper().getFactory()._getRecyclerPool().pooledCount()).isEqualTo(left);
    }

    @Test
    void keepsAPayloadsNumbersExactly() {
        SubmitRun run = (SubmitRun)
                read("{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\": [1.10, 12345678901234567890.5, 1e400] }");

        assertThat(run.input()).isEqualTo(new Payload("[1.10,12345678901234567890.5,1E+400]"));
    }

    @Test
    void readsAnExplicitNullInputAsJsonNull() {
        SubmitRun run = (SubmitRun) read("{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":null}");

        assertThat(run.taskList().getFirst().inputOrNull()).isEqualTo(Payload.NULL);
    }

    @Test
    void fillsDefaultsOfOptionsThatAreLeftOut() {
        RunOptions options = new RunOptions(3, null, null, null, null, new RetryPolicy(5, null, null, null, null));

        assertThat(options.withDefaults())
                .isEqualTo(new RunOptions(
                        3,
                        Duration.ofMinutes(10),
                        null,
                        Duration.ofDays(1),
                        FailurePolicy.COLLECT,
                        new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(1), 2.0, 0.2)));
    }

    @Test
    void readsAStartThatMeansTheSameAsTheSame() {
        assertThat(StartAfter.parse("2026-01-02T04:04:05+01:00"))
                .isEqualTo(StartAfter.parse("2026-01-02T03:04:05.000Z"))
                .hasToString("At[time=2026-01-02T03:04:05Z]");
        assertThat(StartAfter.parse("PT90M")).isEqualTo(StartAfter.parse("PT1H30M"));
        assertThat(read("{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"options\":{\"startAfter\":\"PT90M\"}}"))
                .extracting(run ->
                        Objects.requireNonNull(((SubmitRun) run).options()).startAfter())
                .isEqualTo(new StartAfter.Delay(Duration.ofMinutes(90)));
    }

    @Test
    void readsABudgetThatMeansTheSameAsTheSame() {
        RunBudget two = new RunBudget(null, new BigDecimal(20));

        for (String written : List.of("20", "20.0", "2e1", "20.000000000")) {
            assertThat(Json.readPart(
                            ("{\"maxUsd\":" + written + "}").getBytes(StandardCharsets.UTF_8), RunBudget.class))
                    .as(written)
                    .isEqualTo(two);
        }
        assertThat(two.most()).isEqualTo(new BudgetAmount(Long.MAX_VALUE, 20_000_000_000L));
    }

    @Test
    void startsAtOnceWhenTheInstantHasPassed() {
        Instant admitted = Instant.parse("2026-01-02T03:04:05Z");

        assertThat(new StartAfter.At(admitted.minusSeconds(1)).from(admitted)).isEqualTo(admitted);
        assertThat(new StartAfter.At(admitted.plusSeconds(1)).from(admitted)).isEqualTo(admitted.plusSeconds(1));
        assertThat(new StartAfter.Delay(Duration.ofHours(1)).from(admitted)).isEqualTo(admitted.plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"agent":"echo"}                                             | type: is missing
            {"type":"Bogus"}                                             | type: 'Bogus' is not a message known here
            {"type":"TaskOutcome"}                                       | type: 'TaskOutcome' is not a message known here
            {"type":"SubmitRun"}                                         | agent: 'null' must name the agent of the single task
            {"type":"SubmitRun","agent":"Echo!"}                         | agent: 'Echo!' must be 1 to 63 lower-case letters
            {"type":"SubmitRun","agent":"echo","runId":"../x"}           | runId: '../x' must be
            {"type":"SubmitRun","agent":"echo","tasks":[]}               | tasks: '[]' must hold at least one task
            {"type":"SubmitRun","tasks":[{"input":1}]}                   | tasks[0].agent: 'null' must be named here or for the run
            {"type":"SubmitRun","agent":"echo","options":{"concurrency":0}} | options.concurrency: '0' must be at least 1
            {"type":"SubmitRun","agent":"echo","options":{"timeout":"PT0S"}} | options.timeout: 'PT0S' must be longer than zero
            {"type":"SubmitRun","agent":"echo","options":{"timeout":"soon"}} | field 'options.timeout'
            {"type":"SubmitRun","agent":"echo","options":{"failurePolicy":"x"}} | field 'options.failurePolicy'
            {"type":"SubmitRun","agent":"echo","options":{"retry":{"maxAttempts":101}}} | options.retry.maxAttempts: '101' must be 1 to 100
            {"type":"SubmitRun","agent":"echo","options":{"startAfter":"later"}} | options.startAfter: 'later' must be an ISO-8601 duration such as PT30M, or an instant
            {"type":"SubmitRun","agent":"echo","options":{"startAfter":"-PT1S"}} | options.startAfter: 'PT-1S' must be longer than zero
            {"type":"SubmitRun","agent":"echo","options":{"startAfter":"P366D"}} | options.startAfter: 'PT8784H' must be longer than zero and at most
            {"type":"SubmitRun","agent":"echo","options":{"startAfter":"2026-01-02T03:04:05"}} | options.startAfter: '2026-01-02T03:04:05' must be
            {"type":"SubmitRun","agent":"echo","options":{"startAfter":"+99999-01-02T03:04:05Z"}} | must be before the year 10000
            {"type":"SubmitRun","agent":"echo","options":{"startAfter":30}} | field 'options.startAfter'
            {"type":"SubmitRun","agent":"echo","options":{"budget":{}}} | options.budget: '{}' must have at least one of its limits
            {"type":"SubmitRun","agent":"echo","options":{"budget":{"maxTokens":0}}} | options.budget.maxTokens: '0' must be 1 to 1000000000000000
            {"type":"SubmitRun","agent":"echo","options":{"budget":{"maxUsd":0}}} | options.budget.maxUsd: '0' must be above 0, up to 1000000000
            {"type":"SubmitRun","agent":"echo","options":{"budget":{"maxUsd":1e999999999}}} | options.budget.maxUsd: '1E+999999999' must be above 0, up to
            {"type":"SubmitRun","agent":"echo","options":{"budget":{"maxUsd":1e-10}}} | options.budget.maxUsd: '1E-10' must be exact to a billionth of a dollar
            {"type":"SubmitRun","agent":"echo","v":2}                    | v: '2' must be 1 to 1
            {"type":"AppendTasks","chunk":0,"tasks":[{}]}                | chunk: '0' must count from 1
            {"type":"AppendTasks","chunk":1}                             | field 'tasks'
            {"type":"SealRun","chunks":1}                                | field 'tasks'
            {"type":"SubmitRun","agent":"echo","input":{"a":1,           | not well-formed JSON at byte
            {"type":"SubmitRun","agent":"echo"} trailing                 | not well-formed JSON at byte
            null                                                         | value: 'null' must be a JSON object
            {"type":"SubmitRun","agent":"echo","input":{"a":1,"a":2}}    | payload: an object has two fields of one name
            {"type":"SubmitRun","agent":"echo","input":"\\ud800"}        | payload: 'half a surrogate pair' must be
            [1,2]                                                        | type: '1' is not a message known here
            """)
    void namesFieldValueAndRuleOfBadInput(String json, String message) {
        assertThatThrownBy(() -> read(json.strip()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void neverQuotesAPayloadInAnError() {
        assertThatThrownBy(() -> read("{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":{\"key\":hunter2}}"))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageNotContaining("hunter2");
        assertThat(new TaskSpec("echo", new Payload("\"hunter2\""), null, null).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void refusesAnInputOverTheLimitAndTakesOneAtIt() {
        String atLimit = '"' + "x".repeat(Payload.MAX_BYTES - 2) + '"';

        assertThat(TaskSpec.of("echo", new Payload(atLimit)).input()).isNotNull();
        assertThatThrownBy(() -> TaskSpec.of("echo", new Payload('x' + atLimit)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("input")
                .hasMessageContaining("must be at most 262144 bytes");
    }

    @Test
    void survivesNestingOfAnyDepth() {
        String deep =
                "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThatThrownBy(() -> read(deep)).isInstanceOf(UnreadableMessageException.class);
    }

    @Test
    void takesNothingThatARecordAroundItCouldNotHold() {
        String deepest = "[".repeat(500) + "]".repeat(500);
        assertThat(new Payload(deepest)).isNotNull();
        assertThatThrownBy(() -> new Payload('[' + deepest + ']')).hasMessageContaining("must nest at most 500 deep");
        assertThatThrownBy(() -> new Payload("1".repeat(501))).hasMessageContaining("500 characters");
        assertThat(new Payload("\"" + "1".repeat(5_000) + "[[\\\"\"")).isNotNull();
    }

    @Test
    void boundsHowLongAFailureMayAskToWait() {
        Failure forever = new Failure("X", "never", true, Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(forever.retryAfter()).isEqualTo(RunOptions.MAX_DURATION);
    }

    @Test
    void readsTheWrittenFormOfATaskId() {
        assertThat(TaskId.parse("a.b:c/12")).isEqualTo(new TaskId(new RunId("a.b:c"), 12));
        for (String bad : List.of("a", "a/", "/1", "a/-1", "a/b/1", "a/99999999999", "a/1\n")) {
            assertThatThrownBy(() -> TaskId.parse(bad)).as(bad).isInstanceOf(InvalidFieldException.class);
        }
    }

    private static void readOnAVirtualThread() throws InterruptedException {
        Thread.ofVirtual()
                .start(() -> read("{\"type\":\"SubmitRun\",\"agent\":\"echo\"}"))
                .join();
    }

    private static Request read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Request.class);
    }
}
