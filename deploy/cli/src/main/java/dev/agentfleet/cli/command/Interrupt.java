package dev.agentfleet.cli.command;

/** What to do on Ctrl-C or SIGTERM while it is open. The process then ends with 128 + the signal's number. */
final class Interrupt implements AutoCloseable {
    private final Thread hook;

    private Interrupt(Thread hook) {
        this.hook = hook;
    }

    static Interrupt then(Runnable action) {
        Thread hook = Thread.ofPlatform().name("interrupt").unstarted(action);
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interrupt(hook);
    }

    @Override
    public void close() throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: whoever comes here must not overtake the action.
            hook.join();
        }
    }
}
