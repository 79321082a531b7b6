package dev.agentfleet.orchestrator.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.query.DeadLetterQuery;
import dev.agentfleet.orchestrator.query.DeadLetterView;
import dev.agentfleet.orchestrator.query.DeadLetters;
import dev.agentfleet.orchestrator.query.RedriveAnswer;
import dev.agentfleet.orchestrator.query.RedrivePlan;
import dev.agentfleet.orchestrator.run.Objection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetRedriveTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RedriveFilter BROKEN = new RedriveFilter(null, Set.of("BROKEN"), Set.of("echo"));

    private final List<DeadLetterView> letters = new ArrayList<>();
    private final List<RedriveTasks> asked = new ArrayList<>();
    private final Map<RunId, RedriveAnswer> answers = new java.util.HashMap<>();
    private final FleetRedrive redrive = new FleetRedrive(this::read, this::answer);

    @Test
    void asksEachRunOnceThatAMatchingDeadLetterNamesInTheOrderOfTheOldest() {
        letter("b", "echo", "BROKEN", TaskStatus.FAILED);
        letter("other-agent", "sleep", "BROKEN", TaskStatus.FAILED);
        letter("a", "echo", "BROKEN", TaskStatus.TIMED_OUT);
        letter("other-code", "echo", "MISSING", TaskStatus.FAILED);
        letters.add(DeadLetterView.ofRecord(
                new DeadLetterView.Source("fleet.requests", 0, 1), new RunId("unreadable"), "no JSON", NOW));
        letter("b", "echo", "BROKEN", TaskStatus.FAILED);

        FleetRedrivePlan plan = redrive.plan(request(null, null));

        assertThat(plan.runs()).extracting(run -> run.runId().value()).containsExactly("b", "a");
        assertThat(plan.opened()).isEqualTo(2);
        assertThat(plan.tasks()).isEqualTo(20);
        assertThat(plan.codes()).isEqualTo(Map.of("BROKEN", 20));
        assertThat(plan.next()).isNull();
        assertThat(plan.cutShort()).isNull();
        assertThat(asked).allMatch(each -> BROKEN.equals(each.filter()));
    }

    @Test
    void letsEachRunBeginWhenThoseBeforeItHaveBeenTakenUp() {
        for (String run : List.of("a", "b", "c")) {
            letter(run, "echo", "BROKEN", TaskStatus.FAILED);
        }
        tasks("a", 7);

        LetterRedrive request = request(3, null);
        FleetRedrivePlan plan = redrive.plan(request);

        assertThat(FleetRedrive.requests(request, plan))
                .containsExactly(
                        new RedriveTasks(new RunId("a"), 2, BROKEN, 3, null, null),
                        new RedriveTasks(new RunId("b"), 2, BROKEN, 3, null, Duration.ofMillis(2_334)),
                        new RedriveTasks(new RunId("c"), 2, BROKEN, 3, null, Duration.ofMillis(5_667)));
        assertThat(plan.atLeast()).isEqualTo(Duration.ofMillis(26 * 1_000 / 3));
    }

    @Test
    void sharesTheMostTasksUntilTheyAreUsedUpAndSaysHowToGoOn() {
        for (String run : List.of("a", "b", "c")) {
            letter(run, "echo", "BROKEN", TaskStatus.FAILED);
        }

        LetterRedrive request = request(null, 15);
        FleetRedrivePlan plan = redrive.plan(request);

        assertThat(asked).extracting(RedriveTasks::max).containsExactly(15, 5);
        assertThat(FleetRedrive.requests(request, plan))
                .extracting(RedriveTasks::max)
                .containsExactly(10, 5);
        assertThat(plan.tasks()).isEqualTo(15);
        assertThat(plan.next()).isEqualTo("2");
        assertThat(plan.cutShort()).contains("the most tasks asked for, 15");
    }

    @Test
    void skipsWhatCannotBeRedrivenAndSaysWhy() {
        for (String run : List.of("runs", "gone", "done", "often", "good")) {
            letter(run, "echo", "BROKEN", TaskStatus.FAILED);
        }
        refused("runs", new Objection("runId", "runs", "must name a run that has ended"));
        refused("often", new Objection("revision", "11", "must be at most 10"));
        answers.put(new RunId("gone"), new RedriveAnswer.Unknown(new RunId("gone")));
        tasks("done", 0);

        LetterRedrive request = request(10, null);
        FleetRedrivePlan plan = redrive.plan(request);

        assertThat(plan.runs())
                .extracting(PlannedRun::skipped)
                .satisfiesExactly(
                        runs -> assertThat(runs).isEqualTo("must name a run that has ended"),
                        gone -> assertThat(gone).contains("is not known"),
                        done -> assertThat(done).contains("none of its tasks stands so any more"),
                        often -> assertThat(often).isEqualTo("revision: '11' must be at most 10"),
                        good -> assertThat(good).isNull());
        assertThat(plan.opened()).isEqualTo(1);
        assertThat(FleetRedrive.requests(request, plan))
                .containsExactly(new RedriveTasks(new RunId("good"), 2, BROKEN, 10, null, null));
    }

    @Test
    void looksAtNoMoreThanAThousandRunsACall() {
        for (int run = 0; run < 1_001; run++) {
            letter("r" + run, "echo", "BROKEN", TaskStatus.FAILED);
        }

        FleetRedrivePlan plan = redrive.plan(request(null, null));

        assertThat(plan.runs()).hasSize(1_000);
        assertThat(plan.next()).isEqualTo("1000");
        assertThat(plan.cutShort()).contains("no more than 1000 runs");
    }

    @Test
    void refusesOutcomesThatLeaveNoDeadLetter() {
        RedriveFilter cancelled = new RedriveFilter(Set.of(TaskStatus.CANCELLED), null, null);

        assertThatThrownBy(() -> new LetterRedrive(NOW, null, cancelled, null, null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("filter.statuses: '[CANCELLED]' must be FAILED or TIMED_OUT");
        assertThatThrownBy(() -> request(0, null)).hasMessageContaining("rate: '0' must be at least 1");
    }

    private static LetterRedrive request(@Nullable Integer rate, @Nullable Integer max) {
        return new LetterRedrive(NOW, null, BROKEN, rate, max);
    }

    private void letter(String run, String agent, String code, TaskStatus status) {
        RunId id = new RunId(run);
        letters.add(new DeadLetterView(NOW, id, new TaskId(id, 0), 1, agent, 1, status, code, "no use", null, null));
    }

    private void tasks(String run, int tasks) {
        RunId id = new RunId(run);
        answers.put(id, new RedriveAnswer.Possible(new RedrivePlan(id, 2, tasks, Map.of("BROKEN", tasks), null)));
    }

    private void refused(String run, Objection objection) {
        answers.put(new RunId(run), new RedriveAnswer.Refused(objection));
    }

    private Optional<String> read(DeadLetterQuery query, Duration patience, DeadLetters.Visitor visitor) {
        for (int at = 0; at < letters.size(); at++) {
            if (!visitor.visit(letters.get(at))) {
                return at + 1 < letters.size() ? Optional.of(Integer.toString(at + 1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Ten tasks, or as many as still may be, unless a test says otherwise. */
    private RedriveAnswer answer(RunId id, RedriveTasks request) {
        asked.add(request);
        int tasks = request.max() == null ? 10 : Math.min(10, request.max());
        return answers.getOrDefault(
                id, new RedriveAnswer.Possible(new RedrivePlan(id, 2, tasks, Map.of("BROKEN", tasks), null)));
    }
}
