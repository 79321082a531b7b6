package dev.agentfleet.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in with which token, on a real broker and with real signatures. */
@QuarkusTest
@TestProfile(TokensIT.WithTokens.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IssuerResource.class, restrictToAnnotatedClass = true)
class TokensIT extends OrchestratorFixture {

    /** An application of its own. */
    public static final class WithTokens implements QuarkusTestProfile {}

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    private String issuer = "";

    @ConfigProperty(name = IssuerResource.KEY)
    private String key = "";

    @ParameterizedTest
    @CsvSource({
        "GET, /api/runs, viewer",
        "GET, /api/runs/nothing, viewer",
        "GET, /api/runs/nothing/tasks, viewer",
        "GET, /api/runs/nothing/results, viewer",
        "GET, /api/runs/nothing/events, viewer",
        "GET, /api/runs/nothing/admission, viewer",
        "GET, /api/dead-letters, viewer",
        "GET, /api/workers, viewer",
        "GET, /api/scaling/default, viewer",
        "GET, /api/scaling/default/demand, viewer",
        "GET, /q/openapi, viewer",
        "GET, /nothing, viewer",
        "POST, /api/runs, submitter",
        "POST, /api/runs/nothing/tasks, submitter",
        "POST, /api/runs/nothing/seal, submitter",
        "POST, /api/runs/nothing/cancel, submitter",
        "POST, /api/runs/nothing/redrive, operator",
        "POST, /api/dead-letters/redrive, operator",
        "DELETE, /api/runs/nothing, operator",
    })
    void takesTheRoleThatIsNeededOrAGreaterOneAndNoOther(String method, String path, String needed) {
        ask(given(), method, path)
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("title", equalTo("Unauthorized"))
                .body("status", equalTo(401))
                .body("detail", containsString("the role " + needed));
        List<String> roles = List.of("someone-else", "viewer", "submitter", "operator");
        for (String role : roles) {
            ValidatableResponse answer = ask(with(token(Set.of(role))), method, path);
            if (roles.indexOf(role) < roles.indexOf(needed)) {
                answer.statusCode(403)
                        .contentType("application/problem+json")
                        .header("WWW-Authenticate", startsWith("Bearer "))
                        .body("title", equalTo("Forbidden"))
                        .body("detail", containsString("the role " + needed));
            } else {
                assertThat(answer.extract().statusCode()).as(role).isNotIn(401, 403, 500);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/q/metrics/../../api/workers",
        "/q/health/%2e%2e/%2e%2e/api/workers",
        "//api/workers",
        "/%61pi/workers",
        "/api/workers;q=/q/metrics",
        "/api/workers/",
        "/q/health;/../../api/workers"
    })
    void noWayOfWritingAPathLeadsAround(String path) {
        assertThat(given().urlEncodingEnabled(false).get(path).statusCode()).isIn(401, 404);
    }

    @Test
    void aRoleIsNeededForTheMethodThatIsMeant() {
        String viewer = token(Set.of("viewer"));

        with(viewer)
                .header("X-HTTP-Method-Override", "GET")
                .post("/api/runs")
                .then()
                .statusCode(403);
        with(viewer)
                .header("Fleet-Forwarded", "1")
                .post("/api/runs/r/cancel")
                .then()
                .statusCode(403);
        given().header("Fleet-Forwarded", "1").get("/api/runs/r").then().statusCode(401);
        given().header("Fleet-Partitions", "0").get("/api/runs").then().statusCode(401);
    }

    @Test
    void healthAndMetricsAreOpenWhateverComesAlong() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200);
        with("nonsense").get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void takesNoTokenThatIsExpiredOrOfAnotherOrForAnother() {
        Set<String> operator = Set.of("operator");
        long now = Instant.now().getEpochSecond();

        refused(IssuedTokens.signed(
                issuer, IssuerResource.AUDIENCE, operator, now - 2 * IssuedTokens.LASTS, IssuedTokens.key(key)));
        refused(IssuedTokens.signed(
                "http://127.0.0.1:1", IssuerResource.AUDIENCE, operator, now, IssuedTokens.key(key)));
        refused(IssuedTokens.signed(issuer, "another", operator, now, IssuedTokens.key(key)));
        refused(IssuedTokens.signed(
                issuer,
                IssuerResource.AUDIENCE,
                operator,
                now,
                IssuerResource.newKeys().getPrivate()));
        refused(token(operator).replaceAll("\\.[^.]*$", "."));
        refused(unsigned(now));
        refused("nonsense");
        given().auth()
                .preemptive()
                .basic("operator", "operator")
                .get("/api/workers")
                .then()
                .statusCode(401);
    }

    @Test
    void theAuditLogNamesWhoChangedWhatAndNothingElse() {
        String id = "audited-" + UUID.randomUUID();
        try (var audit = new AuditLines()) {
            String token = token(Set.of("submitter"));
            with(token)
                    .contentType("application/json")
                    .body("{\"runId\":\"" + id + "\",\"agent\":\"nobody\",\"input\":\"secret-payload\"}")
                    .post("/api/runs")
                    .then()
                    .statusCode(201);
            ask(with(token), "POST", "/api/runs/" + id + "/redrive").statusCode(403);
            ask(with(token), "GET", "/api/runs/" + id).statusCode(200);
            ask(with(token), "POST", "/api/runs/" + id + "/cancel").statusCode(202);

            assertThat(audit.about(id))
                    .containsExactly(
                            "submitted by=alice/4711 from=127.0.0.1 runId=" + id,
                            "cancelled by=alice/4711 from=127.0.0.1 runId=" + id);
        }
    }

    private static ValidatableResponse ask(RequestSpecification request, String method, String path) {
        return (method.equals("GET")
                        ? request
                        : request.contentType("application/json").body("{}"))
                .request(method, path)
                .then();
    }

    private static void refused(String token) {
        with(token)
                .get("/api/workers")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""))
                .body("detail", containsString("the bearer token is not accepted"));
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private String token(Set<String> roles) {
        return new IssuedTokens(issuer, key).of(roles);
    }

    /** As it would be good if signatures did not matter. */
    private String unsigned(long now) {
        String claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"4711\",\"aud\":\"" + IssuerResource.AUDIENCE
                + "\",\"groups\":[\"operator\"],\"iat\":" + now + ",\"exp\":" + (now + IssuedTokens.LASTS) + "}";
        return base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
