package dev.agentfleet.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Json;
import java.time.Duration;
import java.util.List;

/**
 * What came of an attempt.
 *
 * @param progress every progress it reported, in order
 * @param cost what it said it used up, added together; zeros when it said nothing
 * @param ran how long it ran, {@link StartedAttempt#elapse elapsed} time included
 * @param codeStopped whether its code had ended two seconds after it was told to stop; a worker loses a slot to code that
 *     has not
 */
public record EndedAttempt(
        AttemptEnding ending, List<ReportedProgress> progress, Cost cost, Duration ran, boolean codeStopped) {

    public EndedAttempt {
        progress = List.copyOf(progress);
    }

    /**
     * The output as a reader of the outcome would get it.
     *
     * @throws AssertionError when the attempt did not succeed, or its output is no such type
     */
    public <T> T output(Class<T> type) {
        if (!(ending instanceof AttemptEnding.Succeeded(String json))) {
            throw new AssertionError("the attempt did not succeed: " + ending);
        }
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the output " + json + " is no " + type.getSimpleName(), e);
        }
    }

    /**
     * Why it failed.
     *
     * @throws AssertionError when the attempt did not fail
     */
    public Failure failure() {
        if (!(ending instanceof AttemptEnding.Failed(Failure failure))) {
            throw new AssertionError("the attempt did not fail: " + ending);
        }
        return failure;
    }
}
