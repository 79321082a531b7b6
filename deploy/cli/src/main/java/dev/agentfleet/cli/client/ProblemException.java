package dev.agentfleet.cli.client;

/** The orchestrator refused a call. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.explanation());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
