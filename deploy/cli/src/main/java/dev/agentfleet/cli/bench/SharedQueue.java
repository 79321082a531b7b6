package dev.agentfleet.cli.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** One queue before a number of servers: whoever is free takes the first. Simulated, and therefore without any cost. */
record SharedQueue(int servers) {

    /** From the start until the last task has ended. */
    Duration time(List<Duration> tasks) {
        var freeAt = new PriorityQueue<>(Collections.nCopies(servers, Duration.ZERO));
        Duration end = Duration.ZERO;
        for (Duration task : tasks) {
            Duration ended = freeAt.remove().plus(task);
            freeAt.add(ended);
            end = ended.compareTo(end) > 0 ? ended : end;
        }
        return end;
    }
}
