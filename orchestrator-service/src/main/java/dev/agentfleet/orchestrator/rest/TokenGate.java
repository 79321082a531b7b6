package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.orchestrator.access.RequiredRole;
import dev.agentfleet.orchestrator.access.Role;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * Lets nothing pass that needs a role which the caller's token does not give: neither to an endpoint here nor to another
 * orchestrator. Before the body is looked at.
 */
@ApplicationScoped
class TokenGate {

    private static final Logger LOG = Logger.getLogger(TokenGate.class);
    private static final BiConsumer<RoutingContext, Throwable> ANSWERED_HERE = (context, failure) -> {};
    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 3;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final boolean tokens;
    private final IdentityProviderManager identities;

    TokenGate(OrchestratorConfig config, IdentityProviderManager identities) {
        this.tokens = config.auth().tokens();
        this.identities = identities;
    }

    void route(@Observes Router router) {
        if (tokens) {
            router.route().order(ORDER).handler(this::handle);
        }
    }

    private void handle(RoutingContext context) {
        RequiredRole.of(context.request().method().name(), context.normalizedPath())
                .ifPresentOrElse(role -> ask(context, role), context::next);
    }

    private void ask(RoutingContext context, Role role) {
        // The platform's own would answer, without a body, before this does.
        context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, ANSWERED_HERE);
        QuarkusHttpUser.getSecurityIdentity(context, identities)
                .subscribe()
                .with(identity -> decide(context, role, identity), failure -> refuse(context, role, failure));
    }

    private static void decide(RoutingContext context, Role role, SecurityIdentity identity) {
        if (identity == null || identity.isAnonymous()) {
            refuse(context, UNAUTHORIZED, "Bearer", "a bearer token with the role " + role.text() + " is needed");
        } else if (!role.isCoveredBy(identity.getRoles())) {
            refuse(
                    context,
                    FORBIDDEN,
                    "Bearer error=\"insufficient_scope\"",
                    "the role " + role.text() + " is needed, and the token gives no such");
        } else {
            Caller.enter(context, identity);
            context.next();
        }
    }

    private static void refuse(RoutingContext context, Role role, Throwable failure) {
        if (failure instanceof AuthenticationException) {
            refuse(
                    context,
                    UNAUTHORIZED,
                    "Bearer error=\"invalid_token\"",
                    "the bearer token is not accepted: it must be signed by the configured issuer, meant for this fleet and"
                            + " not expired; the role " + role.text() + " is needed");
            return;
        }
        LOG.warnf("tokens cannot be checked now: %s", failure);
        context.response().putHeader("Retry-After", "5");
        ProblemAnswers.send(
                context,
                Problem.of(UNAVAILABLE, "Service Unavailable", "tokens cannot be checked now: try again later"));
    }

    private static void refuse(RoutingContext context, int status, String challenge, String detail) {
        context.response().putHeader("WWW-Authenticate", challenge);
        String title = status == UNAUTHORIZED ? "Unauthorized" : "Forbidden";
        ProblemAnswers.send(context, Problem.of(status, title, detail));
    }
}
