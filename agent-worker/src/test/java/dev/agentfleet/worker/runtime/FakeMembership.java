package dev.agentfleet.worker.runtime;

/** A membership that is certain unless told otherwise. */
final class FakeMembership implements Membership {

    volatile boolean certain = true;

    @Override
    public boolean isCertain() {
        return certain;
    }

    @Override
    public boolean keeps(AssignmentRecord record) {
        return record.isOurs();
    }
}
