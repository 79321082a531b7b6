package dev.agentfleet.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.contract.WorkerHeartbeat.AgentInfo;
import dev.agentfleet.orchestrator.partition.Placing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Worker a reads the even partitions, worker b the odd ones. */
class PlacementTest {

    private static final String POOL = "default";
    private static final List<Integer> EVEN = List.of(0, 2, 4, 6);
    private static final List<Integer> ODD = List.of(1, 3, 5, 7);

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final WorkerDirectory workers = new WorkerDirectory(Duration.ofSeconds(15), () -> now);
    private final Placement placement = new Placement(workers, () -> now);
    private final Placing home = placement.of(0);
    private int tasks;

    @Test
    void sharesTasksByOpenSlots() {
        heartbeat("a", 8, EVEN);
        heartbeat("b", 4, ODD);

        List<TaskId> toA = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            TaskId task = next();
            if (EVEN.contains(place(task))) {
                toA.add(task);
            }
        }

        assertThat(toA).hasSize(8);
    }

    @Test
    void theReadersPartitionsTakeTurnsEachForEightTasks() {
        heartbeat("a", 8, EVEN);

        List<Integer> places =
                Stream.generate(() -> place(next())).limit(8 * EVEN.size()).toList();

        assertThat(places).containsOnlyElementsOf(EVEN);
        EVEN.forEach(
                partition -> assertThat(places.subList(places.indexOf(partition), places.lastIndexOf(partition) + 1))
                        .hasSize(8)
                        .containsOnly(partition));
    }

    @Test
    void theLongerTheQueueTheLongerTheTurnsSoThatItLiesOnFewPartitions() {
        List<Integer> sixtyFour = IntStream.range(0, 64).boxed().toList();
        heartbeat("a", 8, sixtyFour);
        Deque<TaskId> queue = new ArrayDeque<>();
        List<Integer> places = new ArrayList<>();

        for (int i = 0; i < 6400; i++) {
            TaskId task = next();
            queue.add(task);
            places.add(place(task));
            if (queue.size() == 1600) {
                home.left(queue.remove(), POOL);
            }
        }

        assertThat(new HashSet<>(places.subList(4800, 6400))).hasSizeBetween(8, 10);
        assertThat(new HashSet<>(places)).hasSizeGreaterThan(32);
    }

    @Test
    void nothingQueuesBehindAWorkerWhoseSlotsAreClaimedWhileAnotherHasOpenOnes() {
        heartbeat("a", 4, EVEN);
        heartbeat("b", 4, ODD);
        claimed(4, "a");

        List<Integer> placed = placeMany(100);

        assertThat(ODD).containsAll(placed);
        assertThat(placement.openSlots(POOL)).isEqualTo(4);
    }

    @Test
    void whatEndsOpensItsSlotAtOnce() {
        heartbeat("a", 4, EVEN);
        heartbeat("b", 4, ODD);
        List<TaskId> long1 = claimed(4, "a");
        claimed(4, "b");

        home.left(long1.getFirst(), POOL);

        assertThat(EVEN).contains(place(next()));
    }

    @Test
    void whereNoSlotIsOpenTheQueuesGrowAlike() {
        heartbeat("a", 4, EVEN);
        heartbeat("b", 4, ODD);
        claimed(4, "a");
        claimed(4, "b");

        List<Integer> placed = placeMany(10);

        assertThat(placed.stream().filter(EVEN::contains)).hasSize(5);
    }

    @Test
    void whatLiesOnAPartitionGoesWithItToItsNextReader() {
        heartbeat("a", 4, List.of(0));
        placeMany(6);

        heartbeat("a", 4, List.of(2));
        heartbeat("b", 4, List.of(0));

        assertThat(placeMany(6)).containsOnly(2);
        assertThat(placeMany(2)).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void theNewerHeartbeatIsRightAboutAPartition() {
        heartbeat("b", 4, List.of(0, 1));
        heartbeat("a", 4, List.of(0));

        claimed(4, "a");

        assertThat(placeMany(5)).containsOnly(1);
    }

    @Test
    void prefersWorkersThatHaveTheAgent() {
        heartbeat("a", 4, EVEN, "echo", "code");
        heartbeat("b", 4, ODD, "echo");
        claimed(4, "a");

        assertThat(EVEN).contains(home.place(next(), POOL, "code"));
        assertThat(ODD).contains(home.place(next(), POOL, "echo"));
        assertThat(home.place(next(), POOL, "nobody")).as("some worker says so").isNotNull();
    }

    @Test
    void choosesNothingWhereNobodyIsKnownToRead() {
        assertThat(home.place(next(), POOL, "echo")).isNull();

        heartbeat("a", 4, List.of());
        draining("b", ODD);
        assertThat(home.place(next(), POOL, "echo"))
                .as("none assigned, draining")
                .isNull();

        heartbeat("a", 4, EVEN);
        assertThat(home.place(next(), "gpu", "echo")).as("another pool").isNull();
        assertThat(place(next())).isNotNull();

        now = now.plusSeconds(16);
        assertThat(home.place(next(), POOL, "echo")).as("silent for a lease").isNull();
    }

    @Test
    void aWorkerThatGaveSomethingBackIsLastUntilItIsHeardOfAgain() {
        heartbeat("a", 4, EVEN);
        heartbeat("b", 4, ODD);
        place(next());

        home.refused(POOL, "a");
        assertThat(ODD).containsAll(placeMany(20));

        heartbeat("a", 4, EVEN);
        assertThat(EVEN).contains(place(next()));
    }

    @Test
    void countsWhatOthersPutOnAWorkerWhenTwoHeartbeatsListIt() {
        TaskId ours = next();
        home.claimed(ours, POOL, "a");
        List<String> held = List.of(ours + "#1", "other/1#1", "other/2#3", "other/3#1", "not an attempt");
        heartbeat("b", 4, ODD);
        heldBy("a", 6, EVEN, held);
        assertThat(placement.openSlots(POOL)).isEqualTo(4 + 5);

        heldBy("a", 6, EVEN, List.of(ours + "#1", "other/1#1", "other/2#3", "other/4#1"));

        assertThat(placement.openSlots(POOL)).isEqualTo(4 + 3);
    }

    @Test
    void aHomePartitionThatMovesTakesItsTasksAlong() {
        heartbeat("a", 4, EVEN);
        heartbeat("b", 4, ODD);
        claimed(3, "a");
        placement.of(1).claimed(next(), POOL, "a");
        placeMany(7);

        home.withdraw();

        assertThat(placement.openSlots(POOL)).isEqualTo(7);
        assertThat(placeMany(7).stream().filter(EVEN::contains)).hasSize(3);
    }

    private TaskId next() {
        return new TaskId(new RunId("run"), tasks++);
    }

    private List<TaskId> claimed(int number, String workerId) {
        List<TaskId> claimed = IntStream.range(0, number).mapToObj(i -> next()).toList();
        claimed.forEach(task -> {
            home.place(task, POOL, "echo");
            home.claimed(task, POOL, workerId);
        });
        return claimed;
    }

    private List<Integer> placeMany(int number) {
        return IntStream.range(0, number).mapToObj(i -> place(next())).toList();
    }

    private Integer place(TaskId task) {
        return Objects.requireNonNull(home.place(task, POOL, "echo"));
    }

    private void heartbeat(String id, int slots, List<Integer> partitions, String... agents) {
        heard(id, slots, partitions, List.of(), false, agents);
    }

    private void heldBy(String id, int slots, List<Integer> partitions, List<String> held) {
        heard(id, slots, partitions, held, false);
    }

    private void draining(String id, List<Integer> partitions) {
        heard(id, 4, partitions, List.of(), true);
    }

    /** And the directory is looked at again. */
    private void heard(
            String id, int slots, List<Integer> partitions, List<String> held, boolean draining, String... agents) {
        now = now.plusMillis(200);
        List<AgentInfo> infos =
                Arrays.stream(agents).map(name -> new AgentInfo(name, "1")).toList();
        workers.heard(new WorkerHeartbeat(id, "1", POOL, infos, slots, 0, partitions, held, draining), now);
    }
}
