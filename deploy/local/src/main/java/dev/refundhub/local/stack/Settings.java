package dev.refundhub.local.stack;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the environment says about the stack: ports that moved, and parts that somebody else runs. */
public record Settings(Map<String, String> environment) {
    /** Set by who measures: services then run as they would in production. */
    public static final String MEASURED = "HUB_MEASURED";

    public int port(Port port) {
        return text(port.variable())
                .map(number -> parse(port.variable(), number))
                .orElse(port.usual());
    }

    /** The ports this stack opens itself. */
    Set<Port> ports() {
        EnumSet<Port> ports = EnumSet.allOf(Port.class);
        if (foreignKafka().isPresent()) {
            ports.remove(Port.KAFKA);
            ports.remove(Port.KAFKA_CONTROLLER);
        }
        if (foreignPostgres()) {
            ports.remove(Port.POSTGRES);
        }
        if (foreignIssuer().isPresent()) {
            ports.remove(Port.ISSUER);
        }
        if (foreignViolet().isPresent()) {
            ports.remove(Port.VIOLET);
        }
        if (foreignShipped().isPresent()) {
            ports.remove(Port.SHIPPED);
        }
        return ports;
    }

    /** Whether the partners are simulated and anybody gets a token: what the story needs. */
    public boolean ownsPartnersAndIssuer() {
        return foreignIssuer().or(this::foreignViolet).or(this::foreignShipped).isEmpty();
    }

    boolean isMeasured() {
        return text(MEASURED).isPresent();
    }

    Optional<String> foreignKafka() {
        return text("HUB_KAFKA");
    }

    boolean foreignPostgres() {
        return text("HUB_POSTGRES_HOST").isPresent();
    }

    Optional<String> foreignIssuer() {
        return text("HUB_OIDC");
    }

    public Optional<String> foreignViolet() {
        return text("HUB_ACCOUNT_VIOLET_URL");
    }

    Optional<String> foreignShipped() {
        return text("HUB_ACCOUNT_SHIPPED_URL");
    }

    /** By which the gateway gets its own token. */
    String gatewaySecret() {
        return text("GATEWAY_CLIENT_SECRET").orElse("dev-gateway-secret");
    }

    /** The base address of the API of refunds-service. */
    public String refunds() {
        return loopback(Port.REFUNDS) + "/api/v2";
    }

    public String webhooks() {
        return loopback(Port.GATEWAY) + "/webhooks";
    }

    public String kafka() {
        return foreignKafka().orElse("127.0.0.1:" + port(Port.KAFKA));
    }

    public String issuer() {
        return foreignIssuer().orElse(loopback(Port.ISSUER));
    }

    String violet() {
        return foreignViolet().orElse(violetSimulator() + "/v1");
    }

    String shipped() {
        return foreignShipped().orElse(shippedSimulator());
    }

    public String violetSimulator() {
        return loopback(Port.VIOLET);
    }

    public String shippedSimulator() {
        return loopback(Port.SHIPPED);
    }

    public Databases databases() {
        int usual = foreignPostgres() ? 5432 : port(Port.POSTGRES);
        return new Databases(
                text("HUB_POSTGRES_HOST").orElse("127.0.0.1"),
                text("HUB_POSTGRES_PORT")
                        .map(number -> parse("HUB_POSTGRES_PORT", number))
                        .orElse(usual),
                text("HUB_POSTGRES_USER").orElse("postgres"),
                text("HUB_POSTGRES_PASSWORD").orElse("postgres"));
    }

    String loopback(Port port) {
        return "http://127.0.0.1:" + port(port);
    }

    /** The value of a variable, where it is set and not empty. */
    public Optional<String> text(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    private static int parse(String variable, String number) {
        try {
            int port = Integer.parseInt(number);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // the same message as for a number that is no port
        }
        throw new CannotStart(variable + "=" + number + " is not a port.");
    }
}
