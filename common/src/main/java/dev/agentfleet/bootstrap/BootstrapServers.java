package dev.agentfleet.bootstrap;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where Kafka is asked for first. Its clients wait for a broker that does not answer; of a name that cannot be resolved they
 * make an error of the configuration, though it may only come later: a broker's that starts beside this.
 *
 * @param text {@code host:port}, several with commas between them
 */
public record BootstrapServers(String text) {

    /** The setting that holds it. */
    public static final String PROPERTY = "kafka.bootstrap.servers";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Returns as soon as one of the hosts can be resolved. Blocks.
     *
     * @param bound how long that may take
     * @param onWait run once, when the first look was in vain
     * @return empty, or why no client of Kafka can be made
     */
    public Optional<String> awaitName(Duration bound, Runnable onWait) throws InterruptedException {
        return awaitName(bound, onWait, BootstrapServers::resolves);
    }

    Optional<String> awaitName(Duration bound, Runnable onWait, Predicate<String> resolves)
            throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        for (boolean first = true; hosts().noneMatch(resolves); first = false) {
            if (System.nanoTime() >= end) {
                return Optional.of(PROPERTY + ": '" + text
                        + "' must name a host that can be resolved; none could within " + bound);
            }
            if (first) {
                onWait.run();
            }
            Thread.sleep(PAUSE);
        }
        return Optional.empty();
    }

    /** What is not written as host and port is left to the clients, which say what is wrong with it. */
    private Stream<String> hosts() {
        return Arrays.stream(text.split(",", -1)).map(String::strip).map(BootstrapServers::host);
    }

    private static String host(String server) {
        int port = server.lastIndexOf(':');
        return port < 0 ? "" : server.substring(server.indexOf("://") < 0 ? 0 : server.indexOf("://") + 3, port);
    }

    private static boolean resolves(String host) {
        if (host.isBlank()) {
            return true;
        }
        try {
            InetAddress.getAllByName(host);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
