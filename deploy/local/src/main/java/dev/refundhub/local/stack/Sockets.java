package dev.refundhub.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;

/** Looks at ports of the loopback interface. */
final class Sockets {
    private Sockets() {}

    /** Every port that is taken, told at once, so that nobody has to try again for each. */
    static void mustBeFree(Set<Port> ports, Settings settings) {
        List<String> taken = ports.stream()
                .filter(port -> !isFree(settings.port(port)))
                .map(port -> "Port " + settings.port(port) + " is taken; it is needed for " + port.purpose()
                        + ". Another one can be given in " + port.variable() + ".")
                .toList();
        if (!taken.isEmpty()) {
            throw new CannotStart(String.join("\n", taken));
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that was free a moment ago. */
    static int anyFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
