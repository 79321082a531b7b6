package dev.agentfleet.cli.chaos;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Ports;
import dev.agentfleet.cli.local.Role;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** One container, which has its name as its host's. */
record ContainerMember(String name, Role role, long number, GenericContainer<?> container) implements Member {
    private static final String SERVES = "Listening on";

    @Override
    public boolean isAlive() {
        return Boolean.TRUE.equals(inspect().getState().getRunning());
    }

    @Override
    public boolean serves() {
        return container.getLogs().contains(SERVES);
    }

    @Override
    public OptionalInt exitCode() {
        InspectContainerResponse.ContainerState state = inspect().getState();
        return Boolean.TRUE.equals(state.getRunning())
                ? OptionalInt.empty()
                : OptionalInt.of(Objects.requireNonNull(state.getExitCodeLong()).intValue());
    }

    /** Where this machine reaches that port of it; empty while it is cut off. The engine may choose anew when it is joined again. */
    Optional<URI> address(int port) {
        Ports ports = inspect().getNetworkSettings().getPorts();
        return ports.getBindings().entrySet().stream()
                .filter(bound -> bound.getKey().getPort() == port && bound.getValue() != null)
                .map(bound -> URI.create("http://" + container.getHost() + ":" + bound.getValue()[0].getHostPortSpec()))
                .findFirst();
    }

    /** Sends the signal, such as KILL, if it runs. */
    void signal(String signal) {
        try {
            docker().killContainerCmd(id()).withSignal(signal).exec();
        } catch (ConflictException e) {
            // It has ended, if need be a moment ago.
            if (isAlive()) {
                throw e;
            }
        }
    }

    void leave(Network network) {
        docker().disconnectFromNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(id())
                .exec();
    }

    void join(Network network) {
        docker().connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(id())
                .withContainerNetwork(new ContainerNetwork().withAliases(name))
                .exec();
    }

    /** Asks it to end, and kills it after so many seconds. */
    void stop(int seconds) {
        try {
            docker().stopContainerCmd(id()).withTimeout(seconds).exec();
        } catch (NotModifiedException e) {
            // It had ended.
        }
    }

    String id() {
        return container.getContainerId();
    }

    InspectContainerResponse inspect() {
        return docker().inspectContainerCmd(id()).exec();
    }

    DockerClient docker() {
        return container.getDockerClient();
    }
}
