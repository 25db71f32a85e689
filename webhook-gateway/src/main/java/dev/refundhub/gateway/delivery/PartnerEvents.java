package dev.refundhub.gateway.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.PartnerClaim;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic {@code partner-events}: what partners said, as CloudEvents in binary mode. */
@ApplicationScoped
class PartnerEvents {

    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final ObjectMapper json;
    private final Producer<String, byte[]> producer;
    /** The producer may make its caller wait for a broker, so it is called from a thread of its own. */
    private final ExecutorService caller =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "partner-events"));

    @Inject
    PartnerEvents(@Identifier("default-kafka-broker") Map<String, Object> settings, ObjectMapper json) {
        this(new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()), json);
    }

    PartnerEvents(Producer<String, byte[]> producer, ObjectMapper json) {
        this.producer = producer;
        this.json = json;
    }

    @PreDestroy
    void end() {
        caller.shutdown();
        producer.close(END_WITHIN);
    }

    /** Completes when all in-sync replicas of the broker have it. A delivery told again has the same {@code ce_id}. */
    Uni<Void> tell(Delivery delivery, Told news) {
        return Uni.createFrom()
                .emitter(told -> inTurn(() -> send(delivery, news, failure -> {
                    if (failure == null) {
                        told.complete(null);
                    } else {
                        told.fail(failure);
                    }
                })));
    }

    /** Does something, and then the next thing, where {@link #send} may be called. */
    void inTurn(Runnable task) {
        caller.execute(task);
    }

    /**
     * The same from {@link #inTurn}.
     *
     * @param then gets null when all in-sync replicas of the broker have it, or why they have not
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    void send(Delivery delivery, Told news, Consumer<Throwable> then) {
        try {
            producer.send(record(delivery, news), (kept, failure) -> then.accept(failure));
        } catch (RuntimeException notEvenBegun) {
            then.accept(notEvenBegun);
        }
    }

    private ProducerRecord<String, byte[]> record(Delivery delivery, Told news) {
        return new ProducerRecord<>(PartnerClaim.TOPIC, null, news.key(), body(news), headers(delivery, news));
    }

    private static Headers headers(Delivery delivery, Told news) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", delivery.id().toString());
        add(headers, "ce_type", news.type());
        add(headers, "ce_source", "/webhook-gateway");
        add(headers, "ce_time", delivery.receivedAt().toString());
        add(headers, "ce_subject", news.key());
        add(headers, "traceparent", Trace.of(delivery));
        add(headers, "content-type", "application/json");
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private byte[] body(Told news) {
        try {
            return json.writeValueAsBytes(news.message());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
