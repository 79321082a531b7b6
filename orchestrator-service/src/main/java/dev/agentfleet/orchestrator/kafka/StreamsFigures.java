package dev.agentfleet.orchestrator.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** What the stream processing says of itself, read when it is asked for. Thread-safe. */
public final class StreamsFigures {

    private static final String THREADS = "stream-thread-metrics";
    private static final String THREAD_TAG = "thread-id";

    private final Supplier<Optional<KafkaStreams>> streams;

    public StreamsFigures(Supplier<Optional<KafkaStreams>> streams) {
        this.streams = streams;
    }

    /** Every state there can be, by name. */
    public static String[] states() {
        KafkaStreams.State[] states = KafkaStreams.State.values();
        String[] names = new String[states.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = states[i].name();
        }
        return names;
    }

    /** Name of the state; empty while the application has not started. */
    public Optional<String> state() {
        return streams.get().map(running -> running.state().name());
    }

    public int threadsAlive() {
        return streams.get()
                .map(running -> running.metadataForLocalThreads().size())
                .orElse(0);
    }

    /** A time of the slowest thread, in milliseconds; 0 when none has measured it. */
    public double slowest(String name) {
        return byThread(name).values().stream()
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** How often each thread has come round to polling, by its name. */
    public Map<String, Double> polls() {
        return byThread("poll-total");
    }

    private Map<String, Double> byThread(String name) {
        Map<String, Double> values = new TreeMap<>();
        streams.get().ifPresent(running -> {
            for (Metric metric : running.metrics().values()) {
                if (metric.metricName().name().equals(name)
                        && metric.metricName().group().equals(THREADS)
                        && metric.metricValue() instanceof Number number) {
                    values.put(String.valueOf(metric.metricName().tags().get(THREAD_TAG)), number.doubleValue());
                }
            }
        });
        return values;
    }
}
