package dev.agentfleet.worker.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All processes of this machine, where it has a {@code /proc}. A look costs time for each of them, so those who ask while one
 * is taken share the next: many commands that end together need few. Thread-safe; does not heed interrupts.
 */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    /** Flags in a process's {@code stat}: a thread of the kernel, and one that is on its way out. */
    private static final long NO_PROGRAM = 0x0020_0000 | 0x0000_0004;

    private final byte[] variable;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private List<Entry> last = List.of();
    private long begun;
    private long done;

    /** @param variable the variable of the environment to be read of each */
    ProcessTable(String variable) {
        this.variable = (variable + '=').getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A process that runs a program.
     *
     * @param value of the variable; empty without it, or where this user may not look; null when nothing can be told: one that is just starting another program
     *     has no environment for a moment
     */
    record Entry(long pid, long session, @Nullable String value) {}

    /** As they are at some moment after this call. */
    List<Entry> look() {
        lock.lock();
        try {
            long mine = begun + 1;
            while (done < mine) {
                if (begun == done) {
                    take();
                } else {
                    taken.awaitUninterruptibly();
                }
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        begun++;
        lock.unlock();
        List<Entry> entries = null;
        try {
            entries = read();
        } finally {
            lock.lock();
            if (entries == null) {
                begun = done;
            } else {
                last = entries;
                done = begun;
            }
            taken.signalAll();
        }
    }

    private List<Entry> read() {
        var entries = new ArrayList<Entry>();
        if (!Files.isDirectory(PROC)) {
            return entries;
        }
        try (var directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : directories) {
                read(process, entries);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new UncheckedIOException(new IOException("/proc cannot be listed", e));
        }
        return entries;
    }

    private void read(Path process, List<Entry> entries) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // After the name, which may hold anything: state, parent, group, session, terminal, its group, flags.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 8);
            if (!fields[0].equals("Z") && (Long.parseLong(fields[6]) & NO_PROGRAM) == 0) {
                long pid = Long.parseLong(process.getFileName().toString());
                entries.add(new Entry(pid, Long.parseLong(fields[3]), value(process)));
            }
        } catch (IOException e) {
            // It has ended.
        }
    }

    private @Nullable String value(Path process) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(process.resolve("environ"));
        } catch (IOException e) {
            // It has ended, or does not let this user look.
            return "";
        }
        if (environment.length == 0) {
            return null;
        }
        int start = 0;
        for (int end = 0; end <= environment.length; end++) {
            if (end == environment.length || environment[end] == 0) {
                if (startsWithVariable(environment, start, end)) {
                    int from = start + variable.length;
                    return new String(environment, from, end - from, StandardCharsets.UTF_8);
                }
                start = end + 1;
            }
        }
        return "";
    }

    private boolean startsWithVariable(byte[] environment, int start, int end) {
        if (end - start < variable.length) {
            return false;
        }
        for (int i = 0; i < variable.length; i++) {
            if (environment[start + i] != variable[i]) {
                return false;
            }
        }
        return true;
    }
}
