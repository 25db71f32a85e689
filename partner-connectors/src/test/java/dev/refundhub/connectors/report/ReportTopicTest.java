package dev.refundhub.connectors.report;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.refundhub.connectors.Hub;
import dev.refundhub.messages.PartnerReport;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTopicTest {

    @Test
    void aKafkaThatNeverAnswersIsNotWaitedForForEver() {
        ReportTopic topic = new ReportTopic(neverAnswers(), Hub.JSON, Duration.ofMillis(50));

        Uni<Void> telling = topic.tell(new Untold(report(), 1, null));

        assertThrows(TimeoutException.class, () -> telling.await().atMost(Duration.ofSeconds(10)));
    }

    @SuppressWarnings("unchecked")
    private static MutinyEmitter<byte[]> neverAnswers() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                ReportTopicTest.class.getClassLoader(),
                new Class<?>[] {MutinyEmitter.class},
                (emitter, send, what) -> Uni.createFrom().nothing());
    }

    private static PartnerReport report() {
        return new PartnerReport(
                "hub-1",
                "acme",
                "1",
                1,
                "PAY",
                1,
                "UNCLEAR",
                false,
                0,
                "USD",
                null,
                null,
                null,
                1,
                Instant.EPOCH,
                List.of(),
                List.of());
    }
}
