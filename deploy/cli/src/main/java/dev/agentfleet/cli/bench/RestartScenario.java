package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long an orchestrator takes to serve again, and what memory it needs, as runs of 100 tasks accumulate: ended ones, or
 * such as have tasks in flight and waiting.
 *
 * @param sizes tasks in all at each look, growing
 */
record RestartScenario(String name, boolean running, List<Integer> sizes) implements Scenario {

    private static final int TASKS_PER_RUN = 100;
    private static final String BESIDE = "without runs";

    @Override
    public String description() {
        return "restarts of the orchestrator as " + (running ? "running" : "ended") + " runs of " + TASKS_PER_RUN
                + " tasks accumulate";
    }

    @Override
    public int slots() {
        return 1_000;
    }

    @Override
    public boolean takenOnce() {
        return true;
    }

    @Override
    public boolean firstRoundCounts() {
        return true;
    }

    @Override
    public List<Goal> goals() {
        return sizes.stream().flatMap(size -> goals(size).stream()).toList();
    }

    private static List<Goal> goals(int size) {
        String tasks = String.format(Locale.ROOT, "%,d tasks: ", size);
        return List.of(
                new Goal(tasks + "start after a stop", Unit.SECONDS, null, null, BESIDE),
                new Goal(tasks + "start after kill -9", Unit.SECONDS, null, null, BESIDE),
                new Goal(tasks + "heap", Unit.MEGABYTES, null, null, BESIDE),
                new Goal(tasks + "resident", Unit.MEGABYTES, null, null, BESIDE));
    }

    @Override
    public List<Measured> round(BenchFleet fleet) throws IOException, InterruptedException {
        Look before = Look.at(fleet);
        var figures = new ArrayList<Measured>();
        int present = 0;
        for (int size : sizes) {
            add(fleet, Math.max(1, (size - present) / TASKS_PER_RUN));
            present = size;
            figures.addAll(Look.at(fleet).beside(before));
        }
        return figures;
    }

    private void add(BenchFleet fleet, int runs) throws InterruptedException {
        if (running) {
            fleet.admit("sleep", new Payload("{\"duration\":\"PT1H\"}"), runs, TASKS_PER_RUN);
        } else {
            fleet.runs("echo", new Payload("{\"n\":1}"), runs, TASKS_PER_RUN);
        }
    }

    /** What two restarts take, and the memory after each. */
    private record Look(double afterStop, double afterKill, double heap, double resident) {

        static Look at(BenchFleet fleet) throws IOException, InterruptedException {
            double afterStop = fleet.secondsToRestart(false);
            double afterKill = fleet.secondsToRestart(true);
            return new Look(
                    afterStop, afterKill, fleet.orchestratorHeapMegabytes(), fleet.orchestratorResidentMegabytes());
        }

        List<Measured> beside(Look other) {
            return List.of(
                    new Measured(afterStop, other.afterStop),
                    new Measured(afterKill, other.afterKill),
                    new Measured(heap, other.heap),
                    new Measured(resident, other.resident));
        }
    }
}
