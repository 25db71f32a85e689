package dev.refundhub.local.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortTest {

    private static final int FIRST_FOR_OUTGOING_CONNECTIONS = 32768;

    @ParameterizedTest
    @EnumSource(Port.class)
    void noUsualPortIsTakenByAnOutgoingConnection(Port port) {
        assertTrue(port.usual() < FIRST_FOR_OUTGOING_CONNECTIONS, port + " " + port.usual());
    }
}
