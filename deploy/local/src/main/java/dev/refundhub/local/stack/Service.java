package dev.refundhub.local.stack;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A packaged service and what it is told from outside: the same variables as in production. */
public enum Service {
    GATEWAY("webhook-gateway", "gateway", Port.GATEWAY_MANAGEMENT, Optional.of(Port.GATEWAY)),
    REFUNDS("refunds-service", "refunds", Port.REFUNDS_MANAGEMENT, Optional.of(Port.REFUNDS)),
    CONNECTORS("partner-connectors", "connectors", Port.CONNECTORS_MANAGEMENT, Optional.empty());

    /**
     * Where a process of a service is.
     *
     * @param door its port for everybody, 0 where it has none
     * @param environment what is said to it alone
     * @param options of its Java
     */
    record Seat(String name, int management, int door, Map<String, String> environment, List<String> options) {
        String address() {
            return "http://127.0.0.1:" + door;
        }

        String readiness() {
            return health("ready");
        }

        String liveness() {
            return health("live");
        }

        private String health(String kind) {
            return "http://127.0.0.1:" + management + "/q/health/" + kind;
        }
    }

    private final String title;
    private final String database;
    private final Port management;
    private final Optional<Port> door;

    Service(String title, String database, Port management, Optional<Port> door) {
        this.title = title;
        this.database = database;
        this.management = management;
        this.door = door;
    }

    @Override
    public String toString() {
        return title;
    }

    void mustBePackaged(Directories directories) {
        if (!Files.exists(directories.jar(title))) {
            throw new CannotStart(
                    title + " is not packaged: " + directories.jar(title) + " is missing. Run ./mvnw package.");
        }
    }

    Child child(Directories directories, Settings settings) {
        return child(directories, settings, seat(settings));
    }

    /** Where the only one of its kind is, or the first of several. */
    Seat seat(Settings settings) {
        return new Seat(
                title, settings.port(management), door.map(settings::port).orElse(0), Map.of(), List.of());
    }

    /** Where one more is. */
    Seat another(int no, Map<String, String> environment, List<String> options) {
        return new Seat(
                title + "-" + no, Sockets.anyFree(), door.isPresent() ? Sockets.anyFree() : 0, environment, options);
    }

    Child child(Directories directories, Settings settings, Seat seat) {
        List<String> rest = new ArrayList<>(seat.options());
        rest.add("-jar");
        rest.add(directories.jar(title).toString());
        String[] words = rest.toArray(String[]::new);
        return new Child(
                seat.name(),
                settings.isMeasured()
                        ? Jvm.measured(directories, "256m", words)
                        : Jvm.command(directories, "192m", words),
                environment(directories, settings, seat),
                Jvm.mark(directories),
                "TERM",
                directories);
    }

    private Map<String, String> environment(Directories directories, Settings settings, Seat seat) {
        Databases databases = settings.databases();
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(seat.door()));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(seat.management()));
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", databases.reactive(database));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", databases.jdbc(database));
        environment.put("QUARKUS_DATASOURCE_USERNAME", databases.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", databases.password());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", settings.kafka());
        environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", settings.issuer());
        environment.put("HUB_REFUNDS_URL", settings.loopback(Port.REFUNDS));
        environment.put(
                "QUARKUS_CONFIG_LOCATIONS", directories.config(title).toUri().toString());
        environment.put("HUB_ACCOUNT_VIOLET_URL", settings.violet());
        environment.put("HUB_ACCOUNT_SHIPPED_URL", settings.shipped());
        environment.putAll(seat.environment());
        return environment;
    }
}
