package dev.agentfleet.worker.project;

/**
 * How many tests there are, and how they ended.
 *
 * @param tests all of them
 * @param failed those whose expectations did not hold
 * @param errors those that broke otherwise
 * @param skipped those that were not run
 */
public record TestCounts(int tests, int passed, int failed, int errors, int skipped) {

    public static final TestCounts NONE = new TestCounts(0, 0, 0, 0, 0);

    public TestCounts plus(TestCounts other) {
        return new TestCounts(
                tests + other.tests,
                passed + other.passed,
                failed + other.failed,
                errors + other.errors,
                skipped + other.skipped);
    }

    String asText() {
        return tests + " tests: " + passed + " passed, " + failed + " failed, " + errors + " errors, " + skipped
                + " skipped.";
    }
}
