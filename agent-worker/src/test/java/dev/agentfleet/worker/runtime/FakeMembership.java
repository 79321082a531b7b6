package dev.agentfleet.worker.runtime;

/** A membership that is certain unless told otherwise. */
final class FakeMembership implements Membership {

    volatile boolean certain = true;
    volatile Runnable beforeAnswer = () -> {};

    @Override
    public boolean isCertain() {
        return certain;
    }

    @Override
    public boolean keeps(AssignmentRecord record) {
        beforeAnswer.run();
        return record.isOurs();
    }
}
