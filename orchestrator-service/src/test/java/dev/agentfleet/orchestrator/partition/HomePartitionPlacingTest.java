package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a home partition tells and asks its placing. */
class HomePartitionPlacingTest implements Placing {

    private final List<String> told = new ArrayList<>();
    private final Home home = new Home();

    @Test
    void tellsOfTheWholeLifeOfATask() {
        start();
        home.submit(1, null);
        TaskAssignment task = Home.only(home.outbox.takeAssignments());
        home.claim(task);
        home.claim(task);
        home.succeed(task);

        assertThat(told).containsExactly("place 0 echo", "claimed 0 worker-a", "left 0");
        assertThat(home.outbox.partitions).containsExactly(7);
    }

    @Test
    void whatIsGivenBackForLackOfASlotIsPlacedAgainAndItsWorkerIsKnown() {
        start();
        home.submit(1, null);
        TaskAssignment task = Home.only(home.outbox.takeAssignments());

        home.report(new AttemptReleased(task.taskId(), 1, Home.WORKER, ReleaseReason.NO_SLOT));
        home.tick();

        assertThat(told).containsExactly("place 0 echo", "left 0", "refused worker-a", "place 0 echo");
        assertThat(Home.only(home.outbox.takeAssignments()).attempt()).isEqualTo(2);
    }

    @Test
    void whatFreesNoSlotMakesNoWindowLarger() {
        home.window = 4;
        home.submit(5, null);
        List<TaskAssignment> sent = home.outbox.takeAssignments();
        home.succeed(sent.get(0));
        home.claim(sent.get(1));
        int ended = home.served;

        home.report(new AttemptReleased(sent.get(2).taskId(), 1, Home.WORKER, ReleaseReason.NO_SLOT));
        home.request(Home.RUN, CancelRun.of(Home.RUN, "no longer needed"));
        home.work();

        assertThat(ended).isOne();
        assertThat(home.served).as("with the claimed one that is cancelled").isEqualTo(2);
    }

    private void start() {
        home.placing = this;
        home.restart();
    }

    @Override
    public @Nullable Integer place(TaskId task, String pool, String agent) {
        told.add("place " + task.index() + ' ' + agent);
        return 7;
    }

    @Override
    public void claimed(TaskId task, String pool, String workerId) {
        told.add("claimed " + task.index() + ' ' + workerId);
    }

    @Override
    public void left(TaskId task, String pool) {
        told.add("left " + task.index());
    }

    @Override
    public void refused(String pool, String workerId) {
        told.add("refused " + workerId);
    }

    @Override
    public void withdraw() {
        told.add("withdrawn");
    }
}
