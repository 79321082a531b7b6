package dev.agentfleet.cli.child;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class in this process and ends the process when its parent is gone, however that ended.
 * Arguments: process id of the parent, name of the main class, arguments of that class.
 */
public final class ChildMain {
    private static final long CHECK_MILLIS = 250;
    private static final long GRACE_MILLIS = 5_000;

    private ChildMain() {}

    public static void main(String[] arguments) throws Throwable {
        long parent = Long.parseLong(arguments[0]);
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> endWith(parent));
        var main = Class.forName(arguments[1]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Compares parents: an orphan gets another one at once, while a dead parent nobody has reaped still counts as alive. */
    private static void endWith(long parent) {
        while (ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == parent) {
            pause(CHECK_MILLIS);
        }
        // The broker ends with the same parent, and an orderly stop without it may wait for long.
        Thread.ofPlatform().daemon().name("parent-watch-halt").start(() -> {
            pause(GRACE_MILLIS);
            Runtime.getRuntime().halt(1);
        });
        System.exit(0);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
