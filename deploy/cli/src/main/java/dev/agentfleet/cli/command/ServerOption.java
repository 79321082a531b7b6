package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.BearerToken;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.FleetState;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which orchestrator to talk to. */
final class ServerOption {
    private static final String DEFAULT = "http://127.0.0.1:8080";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The orchestrator. Default: $FLEET_SERVER, else the fleet that `up` started, else " + DEFAULT)
    private @Nullable String url;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    FleetApi api() {
        return new FleetApi(address(), BearerToken.of(System.getenv()));
    }

    private URI address() {
        if (url != null) {
            return parse("--server", url);
        }
        String environment = System.getenv("FLEET_SERVER");
        if (environment != null && !environment.isBlank()) {
            return parse("FLEET_SERVER", environment);
        }
        return FleetState.serverOf(FleetHome.current().stateDirectory()).orElse(URI.create(DEFAULT));
    }

    private URI parse(String name, String value) {
        try {
            URI uri = new URI(value);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Explained below, like every other value that is no address.
        }
        throw new ParameterException(
                command.commandLine(), name + ": '" + value + "' must be an address such as " + DEFAULT);
    }
}
