package dev.agentfleet.orchestrator.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredRoleTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/runs, VIEWER",
        "HEAD, /api/runs/r, VIEWER",
        "GET, /api/runs/r/redrive, VIEWER",
        "GET, /api/scaling/default, VIEWER",
        "GET, /api/runs/r/admission, VIEWER",
        "GET, /q/openapi, VIEWER",
        "GET, /, VIEWER",
        "POST, /api/runs, SUBMITTER",
        "POST, /api/runs/, SUBMITTER",
        "POST, /api/runs/r/tasks, SUBMITTER",
        "POST, /api/runs/r/seal, SUBMITTER",
        "POST, /api/runs/r/cancel, SUBMITTER",
        "POST, /api/runs/r/cancel/, SUBMITTER",
        "POST, /api/runs/r/redrive, OPERATOR",
        "POST, /api/dead-letters/redrive, OPERATOR",
        "POST, /api/runs/r/redrive/cancel, OPERATOR",
        "POST, /api/runs/r/anything, OPERATOR",
        "DELETE, /api/runs/r, OPERATOR",
        "PUT, /api/runs, OPERATOR",
        "OPTIONS, /api/runs, OPERATOR",
        "POST, /q/health/live, OPERATOR"
    })
    void nothingIsOpenThatReadsOrChanges(String method, String path, Role role) {
        assertThat(RequiredRole.of(method, path)).contains(role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/group/all", "/q/metrics"})
    void probesAndPrometheusNeedNone(String path) {
        assertThat(RequiredRole.of("GET", path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/q/metrics/../api/runs", "/q/healthy", "/q/health;/api", "/q/health/%2e%2e/api", "//q/health"})
    void whatOnlyLooksLikeAProbeDoes(String path) {
        assertThat(RequiredRole.of("GET", path)).contains(Role.VIEWER);
    }

    @Test
    void aRoleCoversThoseBeforeIt() {
        assertThat(Role.VIEWER.isCoveredBy(Set.of("operator"))).isTrue();
        assertThat(Role.SUBMITTER.isCoveredBy(Set.of("operator", "other"))).isTrue();
        assertThat(Role.SUBMITTER.isCoveredBy(Set.of("viewer"))).isFalse();
        assertThat(Role.OPERATOR.isCoveredBy(Set.of("viewer", "submitter", "Operator")))
                .isFalse();
        assertThat(Role.VIEWER.isCoveredBy(Set.of())).isFalse();
    }
}
