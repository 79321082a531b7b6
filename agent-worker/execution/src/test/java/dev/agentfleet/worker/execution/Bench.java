package dev.agentfleet.worker.execution;

import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An execution with a clock driven by hand, and what was heard of it. */
final class Bench implements ExecutionListener {

    /** What an agent does. */
    interface Code {
        Object run(Payload input, AgentContext context) throws Exception;
    }

    final AtomicLong nanos = new AtomicLong(1_000);
    final List<String> heard = new CopyOnWriteArrayList<>();
    volatile @Nullable Verdict verdict;
    volatile @Nullable Cost cost;

    /** One that runs on the calling thread, with a timeout of ten seconds. */
    Execution execution() {
        return execution(Duration.ofSeconds(10));
    }

    Execution execution(Duration timeout) {
        var times = AttemptTimes.of(Duration.ofMillis(500), Duration.ofSeconds(2));
        return new Execution(new AttemptId(TaskId.parse("run/0"), 1), timeout, times, nanos::get, this);
    }

    void pass(Execution execution, Duration time) {
        execution.tick(nanos.addAndGet(time.toNanos()));
    }

    static BoundAgent agent(Code code) {
        return agent(code, Json.mapper().constructType(Payload.class));
    }

    static BoundAgent agent(Code code, JavaType input) {
        return new BoundAgent(
                new Agent<Object, Object>() {
                    @Override
                    public String name() {
                        return "test";
                    }

                    @Override
                    public Object run(Object given, AgentContext context) throws Exception {
                        return code.run(given instanceof Payload payload ? payload : Payload.NULL, context);
                    }
                },
                input);
    }

    @Override
    public void claimDue() {
        heard.add("claimDue");
    }

    @Override
    public void progressed(double share, String note) {
        heard.add("progressed " + share + " " + note);
    }

    @Override
    public void waited(Duration total) {
        heard.add("waited " + total);
    }

    @Override
    public void threw(Throwable thrown) {
        heard.add("threw");
    }

    @Override
    public void concluded(Verdict how, Duration ran, @Nullable Cost used) {
        verdict = how;
        cost = used;
        heard.add("concluded");
    }

    @Override
    public void overdue() {
        heard.add("overdue");
    }

    @Override
    public void codeEnded(boolean late) {
        heard.add(late ? "codeEnded late" : "codeEnded");
    }
}
