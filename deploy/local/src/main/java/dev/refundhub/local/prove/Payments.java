package dev.refundhub.local.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Json;
import dev.refundhub.local.http.Reply;
import dev.refundhub.messages.VioletPayment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Payments to be made, each of a bag that Violet knows. Every tenth shares its bag with the one before. */
final class Payments {
    static final int AMOUNT = 2_500;

    private static final long ORDER = 1_000_000;
    private static final int BAGS = 100;
    private static final int BAG_TOTAL = 1_000_000;
    private static final int SHARED = 10;

    private final String violet;
    private final List<VioletPayment> all = new ArrayList<>();

    Payments(int count, String violetSimulator) {
        this.violet = violetSimulator;
        for (int no = 0; no < count; no++) {
            all.add(payment(no));
        }
    }

    List<VioletPayment> all() {
        return all;
    }

    void tellViolet() {
        long orders = all.get(all.size() - 1).violetOrderId() - ORDER;
        for (long order = 0; order <= orders; order++) {
            List<Map<String, Object>> bags = new ArrayList<>();
            for (long bag = 0; bag < BAGS; bag++) {
                bags.add(bag(ORDER + order, order * BAGS + bag));
            }
            put("/_simulator/orders/" + (ORDER + order), Map.of("currency", "USD", "bags", bags));
        }
    }

    /** Money that the merchant gives back without telling anybody. */
    void refundElsewhere(VioletPayment payment) {
        String path = "/_simulator/orders/" + payment.violetOrderId() + "/bags/" + payment.bagId() + "/refunds";
        send("POST", path, Map.of("amount", AMOUNT, "reason", "by hand"));
    }

    void order(String kafka) {
        order(kafka, all);
    }

    static void order(String kafka, List<VioletPayment> payments) {
        // a topic that was created a moment ago may have no leader yet: batches wait for one another, and may come
        // twice
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka,
                "acks",
                "all",
                "enable.idempotence",
                false,
                "max.in.flight.requests.per.connection",
                1);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = payments.stream()
                    .map(payment -> producer.send(record(payment)))
                    .toList();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void put(String path, Object body) {
        send("PUT", path, body);
    }

    private void send(String method, String path, Object body) {
        Reply reply = Http.send(method, violet + path, Map.of(), json(body).getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
            throw new IllegalStateException(method + " " + path + ": " + reply.body());
        }
    }

    private static ProducerRecord<String, String> record(VioletPayment payment) {
        ProducerRecord<String, String> record =
                new ProducerRecord<>(VioletPayment.TOPIC, "acme/" + payment.orderId(), json(payment));
        record.headers().add("ce_type", VioletPayment.TYPE.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> bag(long order, long bag) {
        return Map.of(
                "id",
                order * 1_000 + bag,
                "merchant_id",
                501,
                "skus",
                List.of(Map.of("id", 7_000_000 + bag, "quantity", 1_000, "line_price", BAG_TOTAL)));
    }

    private static VioletPayment payment(int no) {
        long bag = no % SHARED == SHARED - 1 ? no - 1 : no;
        long order = ORDER + bag / BAGS;
        return new VioletPayment(
                "hub-" + String.format("%016d", no),
                VioletPayment.KIND,
                "acme",
                Long.toString(order),
                no + 1,
                "violet",
                order,
                order * 1_000 + bag,
                "USD",
                AMOUNT,
                0,
                List.of(),
                false,
                true,
                "a proof",
                List.of());
    }
}
