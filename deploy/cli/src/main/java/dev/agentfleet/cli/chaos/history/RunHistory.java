package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything there is of one run. */
public final class RunHistory {
    private final RunId id;
    private final List<Logged<Request>> requests = new ArrayList<>();
    private final List<Logged<RunCompleted>> completions = new ArrayList<>();
    private final List<Logged<RunRejected>> rejections = new ArrayList<>();
    private final Map<Integer, TaskHistory> tasks = new TreeMap<>();

    RunHistory(RunId id) {
        this.id = id;
    }

    void addRequest(Logged<Request> request) {
        requests.add(request);
    }

    void addCompletion(Logged<RunCompleted> completion) {
        completions.add(completion);
    }

    void addRejection(Logged<RunRejected> rejection) {
        rejections.add(rejection);
    }

    TaskHistory task(int index) {
        return tasks.computeIfAbsent(index, i -> new TaskHistory(new dev.agentfleet.contract.TaskId(id, i)));
    }

    public RunId id() {
        return id;
    }

    public List<Logged<Request>> requests() {
        return requests;
    }

    public List<Logged<RunCompleted>> completions() {
        return completions;
    }

    public List<Logged<RunRejected>> rejections() {
        return rejections;
    }

    /** Tasks of which there is any trace, by index. */
    public Map<Integer, TaskHistory> tasks() {
        return tasks;
    }

    /** Those of one kind, in the order in which they count. */
    public <R extends Request> List<Logged<R>> requests(Class<R> kind) {
        return requests.stream()
                .filter(request -> kind.isInstance(request.message()))
                .map(request -> new Logged<>(request.position(), request.at(), kind.cast(request.message())))
                .toList();
    }

    /** The submission that made the run: the first one. */
    public Optional<Logged<SubmitRun>> submission() {
        return requests(SubmitRun.class).stream().findFirst();
    }

    public Optional<Logged<CancelRun>> cancel() {
        return requests(CancelRun.class).stream().findFirst();
    }

    /** The tasks it consists of, in order, once all its chunks are there. */
    public List<TaskSpec> specs() {
        var specs = new ArrayList<TaskSpec>();
        submission().ifPresent(first -> specs.addAll(first.message().taskList()));
        var chunks = new TreeMap<Integer, AppendTasks>();
        requests(AppendTasks.class)
                .forEach(chunk -> chunks.putIfAbsent(chunk.message().chunk(), chunk.message()));
        chunks.values().forEach(chunk -> specs.addAll(chunk.tasks()));
        return specs;
    }

    /** How it was to be run, with every default. */
    public RunOptions options() {
        return RunOptions.orDefaults(
                submission().map(first -> first.message().options()).orElse(null));
    }

    @Override
    public String toString() {
        return id.value();
    }
}
