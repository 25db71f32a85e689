package dev.refundhub.connectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.refundhub.messages.BagRead;
import dev.refundhub.messages.PartnerReport;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** What surrounds the connectors: refunds-service, as far as it can be heard, and a look into the database. */
public final class Hub {

    public static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    /** In the tests' configuration; each has a worker. */
    static final int ACCOUNTS = 3;

    private static final List<PartnerReport> HEARD = new CopyOnWriteArrayList<>();
    private static final List<BagRead> READ = new CopyOnWriteArrayList<>();
    private static final Map<String, String> TRACES = new ConcurrentHashMap<>();
    private static KafkaProducer<String, String> producer;

    private Hub() {}

    public static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    public static void order(String topic, String type, String body) {
        order(topic, type, body, null);
    }

    /** With the trace of what caused it; null for none. */
    public static void order(String topic, String type, String body, String traceparent) {
        order(new ProducerRecord<>(topic, "acme/20776138", body), type, traceparent);
    }

    private static void order(ProducerRecord<String, String> instruction, String type, String traceparent) {
        instruction.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        if (traceparent != null) {
            instruction.headers().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
        }
        try {
            producer().send(instruction).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    /** All reports about an instruction so far, in the order in which they came. */
    public static List<PartnerReport> reports(String instructionId) {
        producer();
        return HEARD.stream()
                .filter(report -> report.instructionId().equals(instructionId))
                .toList();
    }

    /** All answers to a look so far. */
    public static List<BagRead> reads(String instructionId) {
        producer();
        return READ.stream()
                .filter(read -> read.instructionId().equals(instructionId))
                .toList();
    }

    /** The trace of what was told last because of an instruction. */
    public static String trace(String instructionId) {
        return TRACES.get(instructionId);
    }

    private static synchronized KafkaProducer<String, String> producer() {
        if (producer == null) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", config("kafka.bootstrap.servers"), "linger.ms", 0);
            producer = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer());
            Thread listener = new Thread(Hub::listen, "listener");
            listener.setDaemon(true);
            listener.start();
        }
        return producer;
    }

    private static void listen() {
        Map<String, Object> kafka = Map.of(
                "bootstrap.servers", config("kafka.bootstrap.servers"),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(PartnerReport.TOPIC));
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(Hub::hear);
            }
        }
    }

    private static void hear(ConsumerRecord<String, String> told) {
        String type = header(told, "ce_type");
        String instruction = header(told, "ce_id").replaceAll("/.*", "");
        TRACES.put(instruction, header(told, "traceparent"));
        switch (type) {
            case PartnerReport.TYPE -> HEARD.add(read(told.value(), PartnerReport.class));
            case BagRead.TYPE -> READ.add(read(told.value(), BagRead.class));
            default -> throw new AssertionError("an unknown type: " + type);
        }
    }

    private static String header(ConsumerRecord<String, String> told, String name) {
        return new String(told.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static <T> T read(String body, Class<T> type) {
        try {
            return JSON.readValue(body, type);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(failure);
        }
    }

    public static int change(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** The first column of the first row, as text; null where there is no row. */
    public static String look(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Lets everybody into the database, or throws everybody out. */
    public static void database(boolean there) throws SQLException {
        try (Connection connection = connect("template1");
                Statement statement = connection.createStatement()) {
            statement.execute("alter database postgres with allow_connections " + there);
            if (!there) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'postgres'");
            }
        }
    }

    /** Every step of everybody hangs until this is rolled back. */
    public static Connection silence() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table call in access exclusive mode");
        }
        return connection;
    }

    private static Connection connect() throws SQLException {
        return connect("postgres");
    }

    private static Connection connect(String database) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + config("test.postgres.port") + "/" + database;
        return DriverManager.getConnection(url, "postgres", "postgres");
    }
}
