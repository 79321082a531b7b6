package dev.agentfleet.worker.execution;

/** What an attempt's timeout is counted by. Each stop is followed by a go; it stands while one stop is open. Thread-safe. */
public interface AttemptClock {

    /** Of what is no attempt. */
    AttemptClock NONE = new AttemptClock() {
        @Override
        public void stop() {}

        @Override
        public void go() {}
    };

    /** For what the attempt waits for is not its own doing. */
    void stop();

    void go();
}
