package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An orchestrator that started while the issuer of its tokens does not answer. */
@QuarkusTest
@TestProfile(IssuerAwayIT.NobodyThere.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
class IssuerAwayIT {

    private static final String ISSUER = "http://127.0.0.1:1";

    /** An application of its own. */
    public static final class NobodyThere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "fleet.orchestrator.auth.tokens",
                    "true",
                    "quarkus.oidc.auth-server-url",
                    ISSUER,
                    "quarkus.oidc.token.audience",
                    IssuerResource.AUDIENCE);
        }
    }

    @Test
    void aTokenThatCannotBeCheckedNowIsNeitherTakenNorRefused() {
        KeyPair keys = IssuerResource.newKeys();
        String token = IssuedTokens.signed(
                ISSUER,
                IssuerResource.AUDIENCE,
                Set.of("operator"),
                Instant.now().getEpochSecond(),
                keys.getPrivate());

        given().header("Authorization", "Bearer " + token)
                .get("/api/workers")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("5"))
                .body("detail", equalTo("tokens cannot be checked now: try again later"));
    }

    @Test
    void whoHasNoTokenIsToldSoAndHealthIsOpen() {
        given().get("/api/workers").then().statusCode(401);
        given().get("/q/health/live").then().statusCode(200);
    }
}
