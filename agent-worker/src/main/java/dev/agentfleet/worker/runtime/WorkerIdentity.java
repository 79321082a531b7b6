package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.config.WorkerConfig;
import dev.agentfleet.worker.config.WorkerVersion;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Locale;

/** Who this worker is and for whom it works. Its id: its host's name for people, and enough randomness to be another one after every start. */
@Singleton
public final class WorkerIdentity {

    private static final int RANDOM_BITS = 48;
    private static final int MAX_HOST = 40;

    private final String workerId;
    private final String version;
    private final String pool;

    public WorkerIdentity(WorkerConfig config, WorkerVersion version) {
        long random = new SecureRandom().nextLong() >>> (Long.SIZE - RANDOM_BITS);
        this.workerId = host() + '-' + Long.toString(random, Character.MAX_RADIX);
        this.version = version.text();
        this.pool = config.pool();
    }

    public String workerId() {
        return workerId;
    }

    /** Version of the worker software. */
    public String version() {
        return version;
    }

    /** The pool it serves. */
    public String pool() {
        return pool;
    }

    private static String host() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            name = "worker";
        }
        String safe = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return safe.length() > MAX_HOST ? safe.substring(0, MAX_HOST) : safe;
    }
}
