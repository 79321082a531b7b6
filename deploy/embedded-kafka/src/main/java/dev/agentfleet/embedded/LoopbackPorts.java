package dev.agentfleet.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two ports of one start: the wanted ones if free, else chosen. */
record LoopbackPorts(int broker, int controller) {
    static final String HOST = "127.0.0.1";

    /** Both sockets are held until both ports are known, so that the two never get the same one. */
    static LoopbackPorts claim(EmbeddedKafkaOptions options) {
        try (var broker = bind(InvalidOptionException.PORT, options.brokerPort());
                var controller = bind(InvalidOptionException.CONTROLLER_PORT, options.controllerPort())) {
            return new LoopbackPorts(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release a probed port on " + HOST, e);
        }
    }

    private static ServerSocket bind(String option, int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new InvalidOptionException(option, port, "must be free on " + HOST + " (" + e.getMessage() + ")");
        }
    }
}
