package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The runs whose assignments are not started any more. Forgets the oldest beyond its bound. */
@Singleton
public final class CancelledRuns {

    private static final int BOUND = 100_000;

    private final Map<RunId, Integer> revisions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Integer> eldest) {
            return size() > BOUND;
        }
    };

    /** All revisions of the run up to this one are cancelled. */
    public synchronized void add(RunId runId, int revision) {
        revisions.merge(runId, revision, Math::max);
    }

    /** None of its cancels counts any more: another run may have its name. */
    public synchronized void remove(RunId runId) {
        revisions.remove(runId);
    }

    synchronized boolean covers(TaskAssignment assignment) {
        Integer revision = revisions.get(assignment.taskId().runId());
        return revision != null && assignment.revision() <= revision;
    }
}
