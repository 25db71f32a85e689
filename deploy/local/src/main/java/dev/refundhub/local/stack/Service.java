package dev.refundhub.local.stack;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A packaged service and what it is told from outside: the same variables as in production. */
public enum Service {
    GATEWAY("webhook-gateway", "gateway", Port.GATEWAY_MANAGEMENT, Optional.of(Port.GATEWAY)),
    REFUNDS("refunds-service", "refunds", Port.REFUNDS_MANAGEMENT, Optional.of(Port.REFUNDS)),
    CONNECTORS("partner-connectors", "connectors", Port.CONNECTORS_MANAGEMENT, Optional.empty());

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

    String readiness(Settings settings) {
        return settings.loopback(management) + "/q/health/ready";
    }

    void mustBePackaged(Directories directories) {
        if (!Files.exists(directories.jar(title))) {
            throw new CannotStart(
                    title + " is not packaged: " + directories.jar(title) + " is missing. Run ./mvnw package.");
        }
    }

    Child child(Directories directories, Settings settings) {
        return new Child(
                title,
                settings.isMeasured()
                        ? Jvm.measured(
                                directories, "-jar", directories.jar(title).toString())
                        : Jvm.command(
                                directories,
                                "192m",
                                "-jar",
                                directories.jar(title).toString()),
                environment(directories, settings),
                Jvm.mark(directories),
                "TERM",
                directories);
    }

    private Map<String, String> environment(Directories directories, Settings settings) {
        Databases databases = settings.databases();
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        door.ifPresent(port -> environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port(port))));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(settings.port(management)));
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
        return environment;
    }
}
