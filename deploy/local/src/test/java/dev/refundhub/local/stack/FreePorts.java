package dev.refundhub.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings whose ports were all free a moment ago. */
public final class FreePorts {
    private FreePorts() {}

    static Settings settings() {
        return settings(Map.of());
    }

    public static Settings settings(Map<String, String> more) {
        List<ServerSocket> held = new ArrayList<>();
        Map<String, String> environment = new HashMap<>(more);
        try {
            for (Port port : Port.values()) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                environment.put(port.variable(), Integer.toString(socket.getLocalPort()));
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Settings(environment);
    }
}
