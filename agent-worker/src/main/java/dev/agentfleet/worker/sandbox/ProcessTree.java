package dev.agentfleet.worker.sandbox;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process and everything it started. A child whose parent has ended belongs to init, so descent alone does not find it;
 * on Linux two more signs do: the session the process was given, and a variable in the environment that all of them
 * inherit. Only a program that does both, opens a session of its own and clears its environment, gets away; to hold that
 * one too takes a sandbox.
 */
final class ProcessTree {

    /** The variable; its value is unique to the tree. */
    static final String MARK = "FLEET_PROCESS_TREE";

    private static final ProcessTable TABLE = new ProcessTable(MARK);
    /** A program that forks as fast as we kill is given up after this many rounds. */
    private static final int ROUNDS = 200;
    /** How often a process of which nothing can be told is looked at again before it is taken for a stranger. */
    private static final int GLANCES = 20;

    private static final int GLANCE_MILLIS = 5;

    private final ProcessHandle root;
    private final long session;
    private final String mark;
    private volatile boolean gone;

    /** The process must have been started with the mark, and as leader of a session unless there is no {@code setsid}. */
    ProcessTree(ProcessHandle root, String mark) {
        this.root = root;
        this.session = root.pid();
        this.mark = mark;
    }

    /** Kills the processes of all trees whose mark begins so, until none is left. */
    static void killAllOf(String prefix) {
        for (int round = 0; round < ROUNDS; round++) {
            var members = TABLE.look().stream()
                    .filter(process ->
                            process.value() != null && process.value().startsWith(prefix))
                    .flatMap(process -> ProcessHandle.of(process.pid()).stream())
                    .toList();
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
            members.forEach(ProcessTree::awaitEnd);
        }
    }

    /** Kills until nobody is left. */
    void kill() {
        int glances = 0;
        for (int round = 0; round < ROUNDS && !gone; round++) {
            Found found = look();
            if (found.members().isEmpty()) {
                gone = !found.others() || glances == GLANCES;
                if (!gone) {
                    glances++;
                    pause();
                }
            }
            found.members().forEach(ProcessHandle::destroyForcibly);
            found.members().forEach(ProcessTree::awaitEnd);
        }
    }

    /**
     * What one look at all processes found.
     *
     * @param members those that are alive
     * @param others whether there is a process that may belong to it or not
     */
    private record Found(Set<ProcessHandle> members, boolean others) {}

    private Found look() {
        var members = new HashSet<ProcessHandle>();
        if (root.isAlive()) {
            members.add(root);
            root.descendants().forEach(members::add);
        }
        boolean others = false;
        for (ProcessTable.Entry process : TABLE.look()) {
            if (process.session() == session || mark.equals(process.value())) {
                ProcessHandle.of(process.pid()).ifPresent(members::add);
            } else if (process.value() == null) {
                others = true;
            }
        }
        members.removeIf(member -> !member.isAlive());
        return new Found(members, others);
    }

    // Interrupts must not end the killing.

    /** A killed process ends within moments. */
    private static void awaitEnd(ProcessHandle process) {
        process.onExit().completeOnTimeout(process, 100, TimeUnit.MILLISECONDS).join();
    }

    private static void pause() {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, GLANCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }
}
