package dev.agentfleet.worker.agents.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
        for (int round = 0; round < ROUNDS; round++) {
            Set<ProcessHandle> members = members();
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
            members.forEach(ProcessTree::awaitEnd);
        }
    }

    /** Those that are alive. */
    Set<ProcessHandle> members() {
        var members = new HashSet<ProcessHandle>();
        if (root.isAlive()) {
            members.add(root);
            root.descendants().forEach(members::add);
        }
        processes().filter(this::belongs).map(ProcessHandle::of).forEach(found -> found.ifPresent(members::add));
        members.removeIf(member -> !member.isAlive());
        return members;
    }

    private static Stream<Long> processes() {
        if (!Files.isDirectory(PROC)) {
            return Stream.empty();
        }
        var pids = Stream.<Long>builder();
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.valueOf(entry.getFileName().toString())));
        } catch (IOException | DirectoryIteratorException e) {
            throw new UncheckedIOException(new IOException("/proc cannot be listed", e));
        }
        return pids.build();
    }

    private boolean belongs(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // After the name, which may hold anything: state, parent, group, session.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            boolean zombie = fields[0].equals("Z");
            return !zombie
                    && (Long.parseLong(fields[3]) == session
                            || contains(Files.readAllBytes(process.resolve("environ")), mark));
        } catch (IOException e) {
            // It has ended, or belongs to somebody else.
            return false;
        }
    }

    private static boolean contains(byte[] text, byte[] part) {
        return new String(text, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static void awaitEnd(ProcessHandle process) {
        // Interrupts must not end the killing; a killed process ends within moments.
        process.onExit().completeOnTimeout(process, 100, TimeUnit.MILLISECONDS).join();
    }
}
