package dev.refundhub.local.stack;

/**
 * A port of the stack on the loopback interface: its usual number, and what it is for. None is one that the system hands out to
 * outgoing connections, which would take it now and then.
 */
public enum Port {
    GATEWAY(8080, "webhook-gateway"),
    REFUNDS(8081, "refunds-service"),
    GATEWAY_MANAGEMENT(9080, "health and metrics of webhook-gateway"),
    REFUNDS_MANAGEMENT(9081, "health and metrics of refunds-service"),
    CONNECTORS_MANAGEMENT(9082, "health and metrics of partner-connectors"),
    KAFKA(9092, "Kafka"),
    KAFKA_CONTROLLER(9093, "Kafka's controller"),
    POSTGRES(15432, "PostgreSQL"),
    ISSUER(8090, "the issuer of tokens"),
    VIOLET(8091, "the simulator of Violet"),
    SHIPPED(8092, "the simulator of Shipped Suite");

    private final int usual;
    private final String purpose;

    Port(int usual, String purpose) {
        this.usual = usual;
        this.purpose = purpose;
    }

    /** The environment variable that moves it. */
    public String variable() {
        return "HUB_PORT_" + name();
    }

    int usual() {
        return usual;
    }

    String purpose() {
        return purpose;
    }
}
