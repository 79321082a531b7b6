package dev.agentfleet.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
final class Ports {
    static final String HOST = "127.0.0.1";

    private Ports() {}

    /** The port, or one that is free now for 0: for whom must be told its own. */
    static int orFree(int port) throws IOException {
        if (port != 0) {
            return port;
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        }
    }

    /** Refuses a port that is in use, naming the flag that chooses another; 0 means any and is always free. */
    static void requireFree(int port, String flag) {
        if (port == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
        } catch (IOException e) {
            throw new LocalFleetException(flag + " '" + port + "': is in use on " + HOST
                    + "; stop what uses it, or choose another (0 takes a free one)");
        }
    }
}
