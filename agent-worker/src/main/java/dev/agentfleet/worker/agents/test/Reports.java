package dev.agentfleet.worker.agents.test;

import dev.agentfleet.worker.project.FailedTest;
import dev.agentfleet.worker.project.TestCounts;
import dev.agentfleet.worker.sandbox.FileContent;
import dev.agentfleet.worker.sandbox.OutputFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reports of one test command, added up.
 *
 * @param failed the first of them
 * @param problem the first thing that is wrong with one; absent when each could be read
 */
record Reports(
        TestCounts counts,
        List<FailedTest> failed,
        @Nullable String problem) {

    private static final int MOST_FAILED = 50;

    /** @param found what is there of what was to be */
    static Reports of(List<OutputFile> declared, Map<String, FileContent> found) {
        var counts = TestCounts.NONE;
        var failed = new ArrayList<FailedTest>();
        String problem = null;
        for (OutputFile file : declared) {
            try {
                var report = JUnitXml.read(text(found.get(file.path())), MOST_FAILED - failed.size());
                counts = counts.plus(report.counts());
                failed.addAll(report.failed());
            } catch (UnreadableReportException e) {
                problem = problem == null ? "'" + file.path() + "' " + e.getMessage() : problem;
            }
        }
        return new Reports(counts, List.copyOf(failed), problem);
    }

    /** Whether there were tests, and none went wrong. */
    boolean allPassed() {
        return counts.tests() > 0 && counts.failed() == 0 && counts.errors() == 0;
    }

    private static String text(@Nullable FileContent content) throws UnreadableReportException {
        if (content == null) {
            throw new UnreadableReportException("must be there when the command has ended");
        }
        if (content.text() == null) {
            throw new UnreadableReportException("must be UTF-8");
        }
        return content.text();
    }
}
