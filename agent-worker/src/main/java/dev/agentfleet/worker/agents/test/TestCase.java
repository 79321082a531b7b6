package dev.agentfleet.worker.agents.test;

import dev.agentfleet.worker.project.FailedTest;
import dev.agentfleet.worker.project.TestCounts;
import org.jspecify.annotations.Nullable;

/** One test while its report is read. The first thing that is said to be wrong with it counts. */
final class TestCase {

    private static final int KEPT = 4_000;

    private final String name;
    private final StringBuilder text = new StringBuilder();
    private State state = State.PASSED;
    private @Nullable String message;
    private boolean within;
    private boolean alone;

    /** How it ended. */
    enum State {
        PASSED,
        FAILED,
        ERROR,
        SKIPPED
    }

    TestCase(String name) {
        this.name = name;
    }

    /** It is none, but a problem beside the tests. */
    void alone() {
        alone = true;
    }

    boolean isAlone() {
        return alone;
    }

    /** What stands in the file until {@link #closed} says more about it. */
    void ended(State how, @Nullable String said, @Nullable String type) {
        if (state == State.PASSED) {
            state = how;
            message = said == null || said.isBlank() ? type : said;
            within = true;
        }
    }

    void add(String more) {
        if (within && text.length() < KEPT) {
            text.append(more, 0, Math.min(more.length(), KEPT - text.length()));
        }
    }

    void closed() {
        within = false;
    }

    TestCounts counts() {
        return switch (state) {
            case PASSED -> new TestCounts(1, 1, 0, 0, 0);
            case FAILED -> new TestCounts(1, 0, 1, 0, 0);
            case ERROR -> new TestCounts(1, 0, 0, 1, 0);
            case SKIPPED -> new TestCounts(1, 0, 0, 0, 1);
        };
    }

    /** Null when nothing is wrong with it. */
    @Nullable
    FailedTest problem(int longestMessage, int longestDetails) {
        return switch (state) {
            case PASSED, SKIPPED -> null;
            case FAILED -> problem(FailedTest.Kind.FAILED, longestMessage, longestDetails);
            case ERROR -> problem(FailedTest.Kind.ERROR, longestMessage, longestDetails);
        };
    }

    private FailedTest problem(FailedTest.Kind kind, int longestMessage, int longestDetails) {
        String details = text.toString().strip();
        return new FailedTest(
                name,
                kind,
                message == null ? null : shortened(message.strip(), longestMessage),
                details.isEmpty() ? null : shortened(details, longestDetails));
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
