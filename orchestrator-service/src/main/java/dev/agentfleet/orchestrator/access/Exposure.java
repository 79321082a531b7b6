package dev.agentfleet.orchestrator.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who reaches REST and what is asked of them.
 *
 * @param host what it listens on
 * @param tokens whether requests need a token
 * @param audience whether tokens must be meant for this fleet
 * @param anonymous whether everybody who reaches it is meant to be let in
 */
public record Exposure(String host, boolean tokens, boolean audience, boolean anonymous) {

    /** Why it must not start, and what to do. */
    public Optional<String> refusal() {
        if (tokens && anonymous) {
            return Optional.of("fleet.orchestrator.auth.tokens and fleet.orchestrator.auth.anonymous are both true;"
                    + " set one of them");
        }
        if (tokens || anonymous || isLoopback()) {
            return Optional.empty();
        }
        return Optional.of("quarkus.http.host is " + host + ", which others reach, and REST asks for no token. Set"
                + " fleet.orchestrator.auth.tokens=true and quarkus.oidc.auth-server-url, or quarkus.http.host=127.0.0.1, or"
                + " fleet.orchestrator.auth.anonymous=true to let in everybody who reaches the port");
    }

    /** What whoever runs it should know. */
    public Optional<String> warning() {
        if (!tokens) {
            return Optional.of("REST asks for no token: everybody who reaches " + host
                    + " may submit, cancel and redrive; fleet.orchestrator.auth.tokens=true asks for one");
        }
        return audience
                ? Optional.empty()
                : Optional.of(
                        "quarkus.oidc.token.audience is not set: tokens that the issuer made for others are taken too");
    }

    private boolean isLoopback() {
        try {
            return !host.isBlank()
                    && Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
