package dev.agentfleet.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Draws the machines from what they decide, so that the picture cannot grow stale. Run with {@code -Dgolden.write=true}
 * to draw it anew.
 */
class StateDiagramTest {

    private static final Path FILE = Path.of("..", "design", "states.md");

    @Test
    void thePictureShowsWhatTheMachinesDecide() throws IOException {
        String drawn = "# States\n\nDrawn by `StateDiagramTest` from the decisions of `TaskMachine` and `RunMachine`;"
                + " do not edit.\nEvents that change nothing are left out.\n\n## A task\n\n"
                + diagram(tasks(), "Waiting", Set.of("Settled"))
                + "\n## A run\n\n"
                + diagram(runs(), "none", Set.of("PURGING"));

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(FILE, drawn);
        }
        assertThat(Files.readString(FILE)).isEqualTo(drawn);
    }

    private static String diagram(Set<String> edges, String first, Set<String> last) {
        StringBuilder out = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> " + first + "\n");
        edges.forEach(edge -> out.append("    ").append(edge).append('\n'));
        last.forEach(state -> out.append("    ").append(state).append(" --> [*]\n"));
        return out.append("```\n").toString();
    }

    private static Set<String> tasks() {
        Set<String> edges = new LinkedHashSet<>();
        for (Duration queueTimeout : new @Nullable Duration[] {null, Duration.ofMinutes(1)}) {
            TaskFacts facts = TaskSamples.facts(queueTimeout, 3);
            TaskSamples.states()
                    .values()
                    .forEach(state -> TaskSamples.events().values().forEach(event -> {
                        if (TaskMachine.decide(facts, state, event, TaskSamples.NOW)
                                instanceof TaskDecision.Applied applied) {
                            edges.add(edge(name(state), name(applied.next()), told(event)));
                        }
                    }));
        }
        return edges;
    }

    private static Set<String> runs() {
        Set<String> edges = new LinkedHashSet<>();
        RunMachineTest.phases()
                .values()
                .forEach(run -> RunMachineTest.events().values().forEach(event -> add(edges, run, event)));
        add(edges, RunMachineTest.failFast(), RunMachineTest.moved(0, TaskStatus.FAILED));
        add(edges, RunMachineTest.lastTask(null), RunMachineTest.moved(1, TaskStatus.SUCCEEDED));
        add(edges, RunMachineTest.lastTask(Stop.Cause.CANCEL), RunMachineTest.moved(1, TaskStatus.CANCELLED));
        return edges;
    }

    private static void add(Set<String> edges, @Nullable Run run, RunEvent event) {
        if (RunMachineTest.decide(run, event) instanceof RunDecision.Applied applied && applied.next() != null) {
            String from = run == null ? "none" : run.phase().name();
            String to = applied.next().phase().name();
            if (!to.equals(from)) {
                edges.add(edge(from, to, name(event)));
            }
        }
    }

    private static String edge(String from, String to, String event) {
        return from + " --> " + to + " : " + event;
    }

    private static String told(TaskEvent event) {
        return event instanceof TaskEvent.Reported reported ? name(reported.report()) : name(event);
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }
}
