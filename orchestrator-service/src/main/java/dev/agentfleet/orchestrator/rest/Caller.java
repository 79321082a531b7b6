package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.orchestrator.peer.Peers;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param name as the token says it, with its subject where that is another; or {@value #ANONYMOUS}
 * @param address from where it came, and, where an orchestrator handed it on, from where that says it came
 */
record Caller(String name, String address) {

    static final String ANONYMOUS = "anonymous";

    private static final String KEY = Caller.class.getName();
    private static final int LONGEST = 200;
    private static final String NOT_SHOWN = "[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]";

    /** Remembers whose token was accepted. */
    static void enter(RoutingContext context, SecurityIdentity identity) {
        context.put(KEY, name(identity));
    }

    static Caller of(@Nullable RoutingContext context) {
        if (context == null) {
            return new Caller(ANONYMOUS, "?");
        }
        String entered = context.get(KEY);
        return new Caller(entered == null ? ANONYMOUS : entered, address(context));
    }

    private static String name(SecurityIdentity identity) {
        String name = identity.getPrincipal().getName();
        boolean other = identity.getPrincipal() instanceof JsonWebToken token
                && token.getSubject() != null
                && !token.getSubject().equals(name);
        return shown(other ? name + "/" + ((JsonWebToken) identity.getPrincipal()).getSubject() : name);
    }

    /** The address of whoever sent it here. */
    static String remote(RoutingContext context) {
        SocketAddress remote = context.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "?" : remote.hostAddress();
    }

    private static String address(RoutingContext context) {
        String from = remote(context);
        String origin = context.request().getHeader(Peers.FORWARDED);
        return origin == null ? from : from + " (for " + shown(origin) + ")";
    }

    /** In one word: what a client chose must not look like another line, or another part of this one. */
    static String shown(String text) {
        String word = text.replaceAll(NOT_SHOWN, "_");
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST) + "…";
    }
}
