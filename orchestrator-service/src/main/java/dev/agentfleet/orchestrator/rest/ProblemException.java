package dev.agentfleet.orchestrator.rest;

import java.util.Set;
import java.util.TreeSet;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of(400, "Bad Request", detail));
    }

    static ProblemException unknownRun(String id) {
        return new ProblemException(new Problem(
                "about:blank",
                "Not Found",
                404,
                "no run '" + id + "' is known",
                "runId",
                id,
                "must name a run that was submitted and not yet purged"));
    }

    static ProblemException unknownPool(String pool, Set<String> known) {
        String rule = "must be one of " + new TreeSet<>(known);
        String shown = QueryFields.shown(pool);
        return new ProblemException(
                new Problem("about:blank", "Not Found", 404, "pool: '" + shown + "' " + rule, "pool", shown, rule));
    }

    /** What is asked for does not go with what there is. */
    static ProblemException conflict(String field, String value, String rule) {
        return new ProblemException(
                new Problem("about:blank", "Conflict", 409, field + ": '" + value + "' " + rule, field, value, rule));
    }

    Problem problem() {
        return problem;
    }
}
