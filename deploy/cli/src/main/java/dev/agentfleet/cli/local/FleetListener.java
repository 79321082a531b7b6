package dev.agentfleet.cli.local;

/** Hears what happens to a local fleet. Called from several threads, one event at a time per child. */
public interface FleetListener {
    /** @param where the address it serves at, or what it is doing */
    void ready(Child child, String where);

    /** It ended and nobody here asked it to. */
    void died(Child child);

    void stopped(Child child, boolean byItself);

    void note(String text);

    /** Hears nothing. */
    FleetListener NONE = new FleetListener() {
        @Override
        public void ready(Child child, String where) {}

        @Override
        public void died(Child child) {}

        @Override
        public void stopped(Child child, boolean byItself) {}

        @Override
        public void note(String text) {}
    };
}
