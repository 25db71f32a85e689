package dev.refundhub.local.stack;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.RefundChanged;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.messages.VioletPayment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the hub; those that are missing are created. */
final class Topics {
    private static final int PARTITIONS = 12;
    private static final Map<String, String> SETTINGS =
            Map.of("retention.ms", Long.toString(Duration.ofDays(14).toMillis()));
    private static final List<String> NAMES = List.of(
            PartnerClaim.TOPIC,
            MerchantOrder.TOPIC,
            VioletPayment.TOPIC,
            ShippedSuiteConfirmation.TOPIC,
            PartnerReport.TOPIC,
            RefundChanged.TOPIC);

    private Topics() {}

    static void create(String kafka, Duration limit) {
        List<NewTopic> topics = NAMES.stream()
                .map(name -> new NewTopic(name, Optional.of(PARTITIONS), Optional.empty()).configs(SETTINGS))
                .toList();
        Map<String, Object> admin = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                100,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) limit.toMillis());
        try (Admin client = Admin.create(admin)) {
            for (Future<Void> created : client.createTopics(topics).values().values()) {
                await(created, kafka, limit);
            }
        }
    }

    private static void await(Future<Void> created, String kafka, Duration limit) {
        try {
            created.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new CannotStart(
                        "Kafka at " + kafka + " refuses a topic: "
                                + e.getCause().getMessage(),
                        e);
            }
        } catch (TimeoutException e) {
            throw new CannotStart("Kafka at " + kafka + " does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Stopped while the topics were being created.", e);
        }
    }
}
