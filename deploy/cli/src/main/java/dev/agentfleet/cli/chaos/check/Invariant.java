package dev.agentfleet.cli.chaos.check;

/** What must hold, whatever crashed. */
public enum Invariant {
    I1("no loss", "each task of a submission that Kafka acknowledged has its outcome, each run its aggregate"),
    I2("final is final", "one outcome a task and one RunCompleted, in each revision"),
    I3("fencing", "an outcome comes from the attempt dispatched last, and from its owner"),
    I4("attempts bounded", "code ran no more often than it was dispatched, or delivered again because of a fault"),
    I5("offset safety", "what lies below a committed offset was claimed, reported or put aside"),
    I6("poison isolation", "a bad record is put aside whole, with where it came from and why"),
    I7(
            "liveness",
            "after the faults all runs end, nothing waits, every partition has a reader, no process died by itself"),
    I8("legal history", "what happened to each task is a path through its states"),
    I9("rebuild", "the orchestrator shows the same runs after a kill as before"),
    I10("no leaks", "no orphan process or directory; threads, descriptors and heap stay flat"),
    I11("quota", "no more calls and tokens in any minute than the limit"),
    I12("cancel and timeout", "cancelled runs end in time, and no task succeeds past its timeout"),
    I13("drain", "a worker that was asked to end reports or gives back all it owned, and exits 0"),
    I14("exact accounting", "counts, attempts, rejections and dead letters agree with each other");

    private final String title;
    private final String meaning;

    Invariant(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }
}
