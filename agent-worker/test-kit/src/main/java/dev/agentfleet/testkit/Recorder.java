package dev.agentfleet.testkit;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.worker.attempt.Verdict;
import dev.agentfleet.worker.execution.ExecutionListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what is heard of an execution. */
final class Recorder implements ExecutionListener {

    private static final Cost NOTHING = new Cost(0, 0, 0);

    private final List<ReportedProgress> progress = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable EndedAttempt end;

    List<ReportedProgress> progress() {
        return List.copyOf(progress);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    EndedAttempt await() throws InterruptedException {
        ended.await();
        return Objects.requireNonNull(end);
    }

    boolean await(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }

    @Override
    public void claimDue() {}

    @Override
    public void progressed(double share, String note) {
        progress.add(new ReportedProgress(share, note));
    }

    @Override
    public void waited(Duration total) {}

    @Override
    public void threw(Throwable thrown) {}

    @Override
    public void concluded(Verdict verdict, Duration ran, @Nullable Cost cost) {
        end = new EndedAttempt(AttemptEnding.of(verdict), progress(), cost == null ? NOTHING : cost, ran, true);
    }

    @Override
    public void overdue() {
        EndedAttempt so = Objects.requireNonNull(end);
        end = new EndedAttempt(so.ending(), so.progress(), so.cost(), so.ran(), false);
        ended.countDown();
    }

    @Override
    public void codeEnded(boolean late) {
        ended.countDown();
    }
}
