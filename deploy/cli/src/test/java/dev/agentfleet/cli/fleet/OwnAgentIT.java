package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.LocalFleetException;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.Work;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's project from its sources to the outcome of a task, with workers that know nothing of it. */
@Tag("long")
class OwnAgentIT {
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://[0-9.:]+)");

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable Path built;

    @BeforeAll
    static void build() throws Exception {
        built = AuthorsProject.copy(temporary().resolve("author")).build();
        assertThat(built.resolve("surefire-reports")).isDirectoryContaining("glob:**.xml");
    }

    @Test
    void runsATaskWithItsAnnotationsAndItsCost() throws Exception {
        try (Fleet fleet = Fleet.start(temporary().resolve("fleet"), Objects.requireNonNull(built))) {
            RunId id = Fleet.newId();

            fleet.api().submit(SubmitRun.single(id, "word-count", new Payload("{\"text\":\"to be or\\nnot to be\"}")));

            assertThat(fleet.awaitEnd(id).status()).isEqualTo(RunStatus.SUCCEEDED);
            TaskOutcome outcome = fleet.outcomes(id).getFirst();
            assertThat(outcome.output()).isEqualTo(new Payload("{\"words\":6,\"lines\":2}"));
            assertThat(outcome.cost()).isEqualTo(new Cost(6, 2, 6_000));
            assertThat(fleet.view(id).cost()).isEqualTo(new Cost(6, 2, 6_000));
            assertThat(fleet.view(id).work())
                    .isEqualTo(Work.of(
                            new Effort(1, Objects.requireNonNull(outcome.duration()), outcome.cost()), Map.of()));
            assertThat(metrics(fleet)).contains("ft_retry_calls_total", "org.acme.WordCountAgent.run");
        }
    }

    @Test
    void saysThatAnAgentsNameIsTaken() throws Exception {
        AuthorsProject project = AuthorsProject.copy(temporary().resolve("echoing"));
        project.replace("src/main/java/org/acme/WordCountAgent.java", "\"word-count\"", "\"echo\"");
        Path jars = project.build("-DskipTests");

        assertThatThrownBy(() -> Fleet.start(temporary().resolve("refused"), jars))
                .isInstanceOf(LocalFleetException.class)
                .hasMessageContaining("agent 'echo': this name is taken by")
                .hasMessageContaining("word-count-agent-1.0.0.jar");
    }

    /** Of all workers, since either may have run the task. */
    private static String metrics(Fleet fleet) throws Exception {
        var all = new StringBuilder();
        try (var client = HttpClient.newHttpClient()) {
            for (Child child : fleet.processes().children()) {
                var address = ADDRESS.matcher(Files.readString(child.log()));
                if (child.name().startsWith("worker") && address.find()) {
                    var request = HttpRequest.newBuilder(URI.create(address.group(1) + "/q/metrics"));
                    all.append(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .body());
                }
            }
        }
        return all.toString();
    }

    private static Path temporary() {
        return Objects.requireNonNull(directory);
    }
}
