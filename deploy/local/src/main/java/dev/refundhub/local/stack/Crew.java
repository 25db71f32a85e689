package dev.refundhub.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Several connectors on one database, with PostgreSQL, Kafka and the partners around them, and nothing else of the hub. */
public final class Crew implements AutoCloseable {
    private final Directories directories;
    private final Settings settings;
    private final Map<String, String> more;
    private final Stack around;
    private final List<Child> workers = new ArrayList<>();

    /**
     * Starts nothing yet; it must be closed even where starting fails.
     *
     * @param more settings of the connectors, as variables
     */
    public Crew(Directories directories, Settings settings, Map<String, String> more, Consumer<String> say) {
        this.directories = directories;
        this.settings = settings;
        this.more = more;
        this.around = new Stack(directories, settings, say);
    }

    /** Returns when everything but the connectors takes work. */
    public Crew start() {
        Service.CONNECTORS.mustBePackaged(directories);
        around.startAround();
        return this;
    }

    /** Starts one more; it is ready when it takes work. */
    public int hire() {
        int no = workers.size();
        Child worker = new Child(
                "connectors-" + no,
                Jvm.command(
                        directories,
                        "192m",
                        mark(no),
                        "-jar",
                        directories.jar("partner-connectors").toString()),
                environment(),
                Jvm.mark(directories),
                "TERM",
                directories);
        workers.add(worker);
        worker.start();
        return no;
    }

    public void kill(int worker) {
        workers.get(worker).kill();
    }

    public void restart(int worker) {
        workers.get(worker).start();
    }

    /** From here on it does nothing, and knows nothing of it. */
    public void freeze(int worker) {
        process(worker).ifPresent(process -> Signals.send(process, "STOP"));
    }

    public void thaw(int worker) {
        process(worker).ifPresent(process -> Signals.send(process, "CONT"));
    }

    /** The time of processors that it took so far. */
    public Duration processorTime(int worker) {
        return process(worker)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    public Settings settings() {
        return settings;
    }

    private Optional<ProcessHandle> process(int worker) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(mark(worker) + " "))
                .findFirst();
    }

    private static String mark(int worker) {
        return "-Dhub.worker=" + worker;
    }

    private Map<String, String> environment() {
        Databases databases = settings.databases();
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", databases.reactive("connectors"));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", databases.jdbc("connectors"));
        environment.put("QUARKUS_DATASOURCE_USERNAME", databases.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", databases.password());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", settings.kafka());
        environment.put(
                "QUARKUS_CONFIG_LOCATIONS",
                directories.config("partner-connectors").toUri().toString());
        environment.put("HUB_ACCOUNT_VIOLET_URL", settings.violet());
        environment.put("HUB_ACCOUNT_SHIPPED_URL", settings.shipped());
        environment.putAll(more);
        return environment;
    }

    @Override
    public void close() {
        for (int worker = 0; worker < workers.size(); worker++) {
            thaw(worker);
        }
        Together.run(workers.stream().<Runnable>map(worker -> worker::stop).toList());
        around.close();
    }
}
