package dev.agentfleet.cli.chaos.check;

import java.time.Duration;

/**
 * What a fleet may take its time for, and what it may repeat.
 *
 * @param redelivery how long after a fault was mended what the workers it hit had in hand may still be delivered again
 * @param handOver how long after a fault was mended partitions may still move because of it: a worker it hit may be out of
 *     its group for so long, and commit nothing
 * @param cancel how long a cancel may take to end a run, beside the faults that stood meanwhile
 * @param uncommitted how long before a fault an attempt may have been claimed and still be started again because of it: a
 *     crash between the claim and the commit of its record's offset delivers the record again
 */
public record Allowances(Duration redelivery, Duration handOver, Duration cancel, Duration uncommitted) {

    /**
     * An offset waits for the commit (100 ms), and for older records of its partition until they are claimed (500 ms); the
     * rest is for a busy machine.
     */
    public static final Allowances DEFAULT = new Allowances(
            Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(2));
}
