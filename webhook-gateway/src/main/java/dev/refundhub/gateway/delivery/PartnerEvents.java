package dev.refundhub.gateway.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading.Told;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** The topic {@code partner-events}: what partners said, as CloudEvents in binary mode. */
@ApplicationScoped
class PartnerEvents {

    private final MutinyEmitter<byte[]> channel;
    private final ObjectMapper json;

    /** {@link Telling} limits what is under way, so the channel needs no limit of its own. */
    @Inject
    PartnerEvents(
            @Channel("partner-events") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> channel,
            ObjectMapper json) {
        this.channel = channel;
        this.json = json;
    }

    /** Completes when all in-sync replicas of the broker have it. A delivery told again has the same {@code ce_id}. */
    Uni<Void> tell(Delivery delivery, Told news) {
        return channel.sendMessage(Message.of(body(news))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(news.key())
                        .withHeaders(headers(delivery, news))
                        .build()));
    }

    private static Headers headers(Delivery delivery, Told news) {
        Headers headers = new RecordHeaders();
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", delivery.id().toString(),
                        "ce_type", news.type(),
                        "ce_source", "/webhook-gateway",
                        "ce_time", delivery.receivedAt().toString(),
                        "ce_subject", news.key(),
                        "traceparent", Trace.of(delivery),
                        "content-type", "application/json")
                .forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return headers;
    }

    private byte[] body(Told news) {
        try {
            return json.writeValueAsBytes(news.message());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
