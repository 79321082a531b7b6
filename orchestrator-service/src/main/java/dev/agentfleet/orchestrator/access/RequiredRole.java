package dev.agentfleet.orchestrator.access;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which role a request needs. What is not known here needs the greatest. */
public final class RequiredRole {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern OPEN = Pattern.compile("/q/health(/[a-z]+)*|/q/metrics");
    private static final Pattern SUBMITTING = Pattern.compile("/api/runs(/[^/]+/(tasks|seal|cancel))?/?");

    private RequiredRole() {}

    /**
     * The role; empty for what is open to everybody: health for probes, metrics for Prometheus.
     *
     * @param path normalized, without the query
     */
    public static Optional<Role> of(String method, String path) {
        if (READING.contains(method)) {
            return OPEN.matcher(path).matches() ? Optional.empty() : Optional.of(Role.VIEWER);
        }
        boolean submitting = method.equals("POST") && SUBMITTING.matcher(path).matches();
        return Optional.of(submitting ? Role.SUBMITTER : Role.OPERATOR);
    }
}
