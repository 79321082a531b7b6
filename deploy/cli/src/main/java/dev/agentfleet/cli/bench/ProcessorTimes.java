package dev.agentfleet.cli.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Processor time by name, of all processes that bore the name one after the other. */
final class ProcessorTimes {
    private static final double MILLIS = 1e3;

    private final Supplier<Map<Long, String>> running;
    private final LongFunction<Duration> meter;
    private final Map<Long, Taken> taken = new LinkedHashMap<>();

    /**
     * @param running names by process id
     * @param meter what the process of that id has taken since it started
     */
    ProcessorTimes(Supplier<Map<Long, String>> running, LongFunction<Duration> meter) {
        this.running = running;
        this.meter = meter;
    }

    /** Counts from now on. */
    void begin() {
        taken.clear();
        running.get().forEach((pid, name) -> {
            Duration now = meter.apply(pid);
            taken.put(pid, new Taken(name, now, now));
        });
    }

    /** Notes what each has taken so far. To be called before one is ended: what it takes to end is not known. */
    void look() {
        running.get()
                .forEach(
                        (pid, name) -> taken.merge(pid, new Taken(name, Duration.ZERO, meter.apply(pid)), Taken::with));
    }

    /** As of the last look. */
    double seconds(String name) {
        return taken.values().stream()
                        .filter(each -> each.name.equals(name))
                        .mapToLong(each -> each.last.minus(each.atBegin).toMillis())
                        .sum()
                / MILLIS;
    }

    private record Taken(String name, Duration atBegin, Duration last) {

        /** One that ends while it is looked at seems to have taken nothing. */
        Taken with(Taken later) {
            return new Taken(name, atBegin, last.compareTo(later.last) > 0 ? last : later.last);
        }
    }
}
