package dev.refundhub.local.prove.row;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Stack;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.RefundChanged;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.messages.VioletPayment;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What happens to Kafka. */
final class Brokers {
    private static final List<String> TOPICS = List.of(
            PartnerClaim.TOPIC,
            MerchantOrder.TOPIC,
            VioletPayment.TOPIC,
            ShippedSuiteConfirmation.TOPIC,
            PartnerReport.TOPIC,
            RefundChanged.TOPIC);
    private static final Map<String, List<String>> GROUPS = Map.of(
            "refunds-service", List.of(PartnerClaim.TOPIC, MerchantOrder.TOPIC, PartnerReport.TOPIC),
            "partner-connectors", List.of(VioletPayment.TOPIC, ShippedSuiteConfirmation.TOPIC));
    private static final List<String> TYPES = List.of(
            MerchantOrder.TYPE,
            PartnerClaim.TYPE,
            VioletPayment.TYPE,
            PartnerReport.TYPE,
            ShippedSuiteConfirmation.TYPE,
            "dev.refundhub.nobody-knows.v9",
            "");
    private static final int REBALANCES = 7;
    private static final int GARBAGE = 20;

    private Brokers() {}

    static String stopped(Scene scene) throws InterruptedException {
        Stack around = scene.fleet().around();
        around.broker().stop();
        Scene.pause(scene.brokerAway());
        around.broker().start();
        around.awaitBroker();
        return "stopped the broker for " + scene.brokerAway().toSeconds() + " s";
    }

    static String killed(Scene scene) throws InterruptedException {
        Stack around = scene.fleet().around();
        int times = 2;
        for (int i = 0; i < times; i++) {
            around.broker().kill();
            Scene.pause(1);
            around.broker().start();
            around.awaitBroker();
            Scene.pause(4);
        }
        return "killed the broker " + times + " times";
    }

    /** All that was ever said is gone. The merchant tells its orders again, an operator retells, and some hours pass. */
    static String lost(Scene scene) throws Exception {
        Fleet fleet = scene.fleet();
        fleet.around().loseTopics();
        scene.checker().topicsAreGone();
        scene.load().tellOrdersAgain();
        int retold = retell(fleet, scene.began());
        anHourPasses(fleet);
        return "lost all topics; retold " + retold + " deliveries";
    }

    static int retell(Fleet fleet, Instant since) {
        String address = fleet.of(Service.GATEWAY).get(0).address() + "/api/v2/deliveries/retell?since=" + since;
        Reply reply = Http.send(
                "POST",
                address,
                Http.bearer(fleet.token(Role.OPERATOR, null, "runbook")),
                "".getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 202) {
            throw new IllegalStateException("retell: " + reply.status() + " " + reply.body());
        }
        return reply.json().at("/data/deliveries").asInt();
    }

    /** What waits for its next time has waited long enough. */
    static void anHourPasses(Fleet fleet) throws SQLException {
        try (Connection refunds = fleet.settings().databases().connect("refunds");
                Statement statement = refunds.createStatement()) {
            statement.execute(
                    "update refund set due_at = now() where due_at is not null and status in ('PROCESSING', 'ISSUED')");
        }
    }

    /** Somebody joins and leaves, so that everybody has other partitions every three seconds. */
    static String rebalanced(Scene scene) throws InterruptedException {
        for (int i = 0; i < REBALANCES; i++) {
            for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
                Map<String, Object> settings = Map.of(
                        "bootstrap.servers",
                        scene.fleet().settings().kafka(),
                        "group.id",
                        group.getKey(),
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        1);
                try (KafkaConsumer<byte[], byte[]> guest =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                    guest.subscribe(group.getValue());
                    guest.poll(Duration.ofMillis(1_500));
                }
            }
        }
        return "made the groups share anew " + 2 * REBALANCES + " times";
    }

    /** What no service of ours would say, on every topic. */
    static String garbage(Scene scene) {
        Random dice = scene.dice();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", scene.fleet().settings().kafka(), "acks", "all");
        int sent = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String topic : TOPICS) {
                for (int i = 0; i < GARBAGE; i++) {
                    ProducerRecord<byte[], byte[]> record =
                            new ProducerRecord<>(topic, dice.nextInt(4) == 0 ? null : bytes(dice, 12), value(dice));
                    record.headers()
                            .add(
                                    "ce_type",
                                    TYPES.get(dice.nextInt(TYPES.size())).getBytes(StandardCharsets.UTF_8));
                    Future<RecordMetadata> unused = producer.send(record);
                    sent++;
                }
            }
            producer.flush();
        }
        return "put " + sent + " records on the topics that mean nothing";
    }

    private static byte[] value(Random dice) {
        return switch (dice.nextInt(6)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> "{}".getBytes(StandardCharsets.UTF_8);
            case 3 ->
                "{\"seller\":\"acme\",\"orderId\":\"nobody\",\"kind\":\"PAY\",\"amountMinor\":1.5}"
                        .getBytes(StandardCharsets.UTF_8);
            case 4 -> "[[[[".getBytes(StandardCharsets.UTF_8);
            default -> bytes(dice, 200 + dice.nextInt(20_000));
        };
    }

    private static byte[] bytes(Random dice, int length) {
        byte[] bytes = new byte[length];
        dice.nextBytes(bytes);
        return bytes;
    }
}
