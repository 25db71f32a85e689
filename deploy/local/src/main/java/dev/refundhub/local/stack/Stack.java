package dev.refundhub.local.stack;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.issuer.Issuer;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.simulator.shippedsuite.ShippedSuiteSimulator;
import dev.refundhub.local.simulator.violet.VioletSimulator;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything on one machine: it comes up whole or not at all, and what it opened it closes. */
public final class Stack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Directories directories;
    private final Settings settings;
    private final Consumer<String> say;
    private final List<AutoCloseable> locks = new ArrayList<>();
    private final List<AutoCloseable> around = new ArrayList<>();
    private final Map<Service, Child> services = new EnumMap<>(Service.class);
    private Issuer issuer;
    private Child broker;
    private Child postgres;
    private boolean closed;

    /** Starts nothing yet; it must be closed even where starting fails. */
    public Stack(Directories directories, Settings settings, Consumer<String> say) {
        this.directories = directories;
        this.settings = settings;
        this.say = say;
    }

    /** Returns when everything takes work. */
    public Stack start() {
        Stream.of(Service.values()).forEach(service -> service.mustBePackaged(directories));
        startAround();
        Together.run(Stream.of(Service.values())
                .<Runnable>map(service -> () -> start(service))
                .toList());
        setPolicies();
        return this;
    }

    /** The same with some of the services, and without policies. */
    public Stack start(Set<Service> some) {
        some.forEach(service -> service.mustBePackaged(directories));
        startAround();
        Together.run(
                some.stream().<Runnable>map(service -> () -> start(service)).toList());
        return this;
    }

    /** Everything but the services. */
    void startAround() {
        directories.create();
        locks.add(OnlyOne.in(directories.state()));
        if (directories.keepsData()) {
            locks.add(OnlyOne.in(directories.data()));
        }
        new Leftovers(directories, say).end();
        Sockets.mustBeFree(settings.ports(), settings);
        if (!directories.keepsData()) {
            Directories.delete(directories.data());
            directories.create();
        }
        say.accept("Starting PostgreSQL, Kafka, the partners and the services; logs are in " + directories.logs());
        Together.run(List.of(this::startPostgres, this::startKafka, this::startPartners, this::startIssuer));
    }

    public Directories directories() {
        return directories;
    }

    public Settings settings() {
        return settings;
    }

    public Issuer issuer() {
        return issuer;
    }

    /** A service of this stack, to be killed and started again. */
    public Child of(Service service) {
        return services.get(service);
    }

    /** The broker of this stack, to be stopped and started again; null where it is somebody else's. */
    public Child broker() {
        return broker;
    }

    /** Waits until the broker answers. */
    public void awaitBroker() {
        LocalKafka.await(broker, settings);
    }

    /** The broker is stopped, loses all that was ever said, and comes back with empty topics. */
    public void loseTopics() {
        broker.stop();
        Directories.delete(directories.data().resolve("kafka"));
        broker.start();
        awaitBroker();
        Topics.create(settings.kafka(), PATIENCE);
    }

    /** The database server of this stack, to be stopped and started again; null where it is somebody else's. */
    public Child postgres() {
        return postgres;
    }

    /** Waits until the database server answers. */
    public void awaitPostgres() {
        LocalPostgres.await(postgres, settings.databases());
    }

    /** Waits until a service takes work. */
    public void awaitReady(Service service) {
        Child child = of(service);
        awaitReady(child, service.seat(settings));
    }

    /** Whether a service says that it needs no new start. */
    public boolean isAlive(Service service) {
        return answers(service.seat(settings).liveness());
    }

    static void awaitReady(Child child, Service.Seat seat) {
        boolean ready = Bounded.until(PATIENCE, () -> !child.isAlive() || isReady(seat));
        if (!ready || !child.isAlive()) {
            throw child.hasNotCome();
        }
    }

    private void startPostgres() {
        if (!settings.foreignPostgres()) {
            if (!LocalPostgres.isCreated(directories)) {
                Child initdb = LocalPostgres.initdb(directories, settings.databases());
                start(initdb);
                LocalPostgres.take(initdb, directories);
            }
            postgres = LocalPostgres.server(directories, settings.databases());
            start(postgres);
            awaitPostgres();
        }
        settings.databases().create();
    }

    private void startKafka() {
        if (settings.foreignKafka().isEmpty()) {
            broker = LocalKafka.child(directories, settings);
            start(broker);
            awaitBroker();
        }
        Topics.create(settings.kafka(), PATIENCE);
    }

    private void startPartners() {
        if (settings.foreignViolet().isEmpty()) {
            opened(VioletSimulator.start(
                    settings.port(Port.VIOLET), directories.data().resolve("violet.jsonl")));
        }
        if (settings.foreignShipped().isEmpty()) {
            int port = settings.port(Port.SHIPPED);
            opened(ShippedSuiteSimulator.start(port, directories.data().resolve("shipped-suite.jsonl")));
            // any claim may be sent by hand, so it takes a confirmation of any
            byte[] learn = "{\"on\":true}".getBytes(StandardCharsets.UTF_8);
            Http.send("PUT", settings.shippedSimulator() + "/_simulator/learning", Map.of(), learn);
        }
    }

    private void startIssuer() {
        if (settings.foreignIssuer().isEmpty()) {
            issuer = Issuer.start(
                    settings.port(Port.ISSUER), directories.data().resolve("issuer.jwk"), settings.gatewaySecret());
            opened(issuer);
        }
    }

    private void start(Service service) {
        Child child = service.child(directories, settings);
        synchronized (this) {
            start(child);
            services.put(service, child);
        }
        awaitReady(service);
    }

    static boolean isReady(Service.Seat seat) {
        return answers(seat.readiness());
    }

    private static boolean answers(String health) {
        try {
            return Http.get(health, Map.of()).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    void setPolicies() {
        if (settings.foreignIssuer().isPresent()) {
            say.accept("No policy is set: it takes an operator's token of " + settings.issuer());
        } else {
            Policies.set(directories, settings, issuer.token(Role.OPERATOR, null, "local-stack"));
        }
    }

    private synchronized void start(Child child) {
        if (closed) {
            throw new CannotStart("Stopped before it was up.");
        }
        child.start();
        around.add(child::stop);
    }

    private synchronized void opened(AutoCloseable part) {
        around.add(part);
    }

    /** The services first, while what they need is still there. */
    @Override
    public synchronized void close() {
        closed = true;
        Together.run(
                services.values().stream().<Runnable>map(child -> child::stop).toList());
        Together.run(around.stream().<Runnable>map(part -> () -> close(part)).toList());
        locks.forEach(this::close);
        around.clear();
        locks.clear();
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            say.accept("While stopping: " + e);
        }
    }
}
