package dev.agentfleet.worker.agents.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    private static final Path PROC = Path.of("/proc");
    /** A program that forks as fast as we kill is given up after this many rounds. */
    private static final int ROUNDS = 200;
    /** How often a process of which nothing can be told is looked at again before it is taken for a stranger. */
    private static final int GLANCES = 20;

    private static final int GLANCE_MILLIS = 5;
    /** Flags in a process's {@code stat}: a thread of the kernel, and one that is on its way out. */
    private static final long NO_PROGRAM = 0x0020_0000 | 0x0000_0004;

    private final ProcessHandle root;
    private final long session;
    private final byte[] mark;

    /** The process must have been started with the mark, and as leader of a session unless there is no {@code setsid}. */
    ProcessTree(ProcessHandle root, String mark) {
        this.root = root;
        this.session = root.pid();
        this.mark = (MARK + '=' + mark).getBytes(StandardCharsets.UTF_8);
    }

    /** Kills until nobody is left. */
    void kill() {
        int glances = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Found found = look();
            if (found.members().isEmpty()) {
                if (!found.others() || glances == GLANCES) {
                    return;
                }
                glances++;
                pause();
            }
            found.members().forEach(ProcessHandle::destroyForcibly);
            found.members().forEach(ProcessTree::awaitEnd);
        }
    }

    /**
     * What one look at all processes found.
     *
     * @param members those that are alive
     * @param others whether there is a process that may belong to it or not: one that is just starting another program has no
     *     environment for a moment
     */
    record Found(Set<ProcessHandle> members, boolean others) {}

    Found look() {
        var members = new HashSet<ProcessHandle>();
        if (root.isAlive()) {
            members.add(root);
            root.descendants().forEach(members::add);
        }
        boolean others = false;
        for (long pid : processes()) {
            switch (belongs(pid)) {
                case YES -> ProcessHandle.of(pid).ifPresent(members::add);
                case UNKNOWN -> others = true;
                case NO -> {}
            }
        }
        members.removeIf(member -> !member.isAlive());
        return new Found(members, others);
    }

    private enum Belongs {
        YES,
        NO,
        UNKNOWN
    }

    private static List<Long> processes() {
        var pids = new ArrayList<Long>();
        if (!Files.isDirectory(PROC)) {
            return pids;
        }
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.valueOf(entry.getFileName().toString())));
        } catch (IOException | DirectoryIteratorException e) {
            throw new UncheckedIOException(new IOException("/proc cannot be listed", e));
        }
        return pids;
    }

    private Belongs belongs(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // After the name, which may hold anything: state, parent, group, session, terminal, its group, flags.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 8);
            if (fields[0].equals("Z") || (Long.parseLong(fields[6]) & NO_PROGRAM) != 0) {
                return Belongs.NO;
            }
            if (Long.parseLong(fields[3]) == session) {
                return Belongs.YES;
            }
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            if (environment.length == 0) {
                return Belongs.UNKNOWN;
            }
            return contains(environment, mark) ? Belongs.YES : Belongs.NO;
        } catch (IOException e) {
            // It has ended, or belongs to somebody else.
            return Belongs.NO;
        }
    }

    private static boolean contains(byte[] text, byte[] part) {
        return new String(text, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
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
