package dev.agentfleet.cli.chaos.check;

import java.time.Duration;

/**
 * What a fleet may take its time for, and what it may repeat.
 *
 * @param redelivery how long after a fault was mended work may still be delivered again because of it
 * @param cancel how long a cancel may take to end a run, beside the faults that stood meanwhile
 * @param claimedRunsAgain whether a claimed attempt may be started again as long as its offset is not committed
 */
public record Allowances(Duration redelivery, Duration cancel, boolean claimedRunsAgain) {

    /** A crash between a claim and the commit of its record's offset delivers it again. */
    public static final Allowances DEFAULT = new Allowances(Duration.ofSeconds(30), Duration.ofSeconds(15), true);
}
