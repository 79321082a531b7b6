package dev.agentfleet.orchestrator.config;

import io.smallrye.config.WithDefault;

/** What is asked of those who use REST. The issuer of the tokens is {@code quarkus.oidc.auth-server-url}. */
public interface AuthConfig {

    /** Whether a request needs a bearer token, and the role for what it asks. */
    @WithDefault("false")
    boolean tokens();

    /**
     * Whether everybody who reaches the port is let in. Without tokens and without this the orchestrator listens on a loopback
     * address or not at all.
     */
    @WithDefault("false")
    boolean anonymous();
}
