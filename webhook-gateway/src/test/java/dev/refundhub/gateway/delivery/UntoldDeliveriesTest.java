package dev.refundhub.gateway.delivery;

import static dev.refundhub.gateway.SampleBodies.refundRequest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.gateway.Surroundings;
import dev.refundhub.gateway.delivery.Deliveries.TakenUp;
import dev.refundhub.gateway.delivery.Deliveries.Wanted;
import dev.refundhub.gateway.source.Sources;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Surroundings.class)
class UntoldDeliveriesTest {

    @Inject
    KeptDeliveries kept;

    @Inject
    AgroalDataSource database;

    @Inject
    DeliverySettings settings;

    @Inject
    Sources sources;

    @Inject
    Deliveries deliveries;

    @Inject
    DeliveryMetrics metrics;

    @Inject
    Telling telling;

    @Test
    void whatIsLeftOfASourceThatIsNotOursIsNamedAndHidesNothing() {
        kept.leave(
                DeliveryId.at(Instant.now()),
                "initech-shipped",
                refundRequest(404).getBytes(UTF_8));

        assertTrue(now(deliveries.untoldOfOthersThan(sources.names())).contains("initech-shipped"));
        assertFalse(
                now(deliveries.untoldOfOthersThan(Set.of("initech-shipped"))).contains("initech-shipped"));
        assertTrue(now(deliveries.secondsOldestIsUntold(Set.of("initech-shipped"))) >= 60);
        assertEquals(0.0, now(deliveries.secondsOldestIsUntold(Set.of("hooli-shipped"))));
    }

    @Test
    void whatCouldNotBeToldComesAfterWhatWasNotTried() {
        for (int left = 0; left < 8; left++) {
            kept.leave(DeliveryId.at(Instant.now()), "wonka-shipped", new byte[0]);
        }
        Wanted four = new Wanted(4, Duration.ZERO, Set.of("wonka-shipped"), Set.of());
        Set<UUID> seen = new HashSet<>();

        for (int time = 0; time < 2; time++) {
            now(deliveries.takeUp(four, untold -> {
                untold.forEach(delivery -> seen.add(delivery.id()));
                return Uni.createFrom().item(List.of());
            }));
        }

        assertEquals(8, seen.size());
        List<Mark> told =
                seen.stream().map(id -> new Mark(id, Optional.empty())).toList();
        Wanted all = new Wanted(8, Duration.ZERO, Set.of("wonka-shipped"), Set.of());
        assertEquals(new TakenUp(8, 8), now(deliveries.takeUp(all, untold -> Uni.createFrom()
                .item(told))));
    }

    @Test
    void whatIsBeingToldIsNotTakenUp() {
        UUID underWay = DeliveryId.at(Instant.now());
        kept.leave(underWay, "umbrella-shipped", new byte[0]);

        Wanted butNot = new Wanted(4, Duration.ZERO, Set.of("umbrella-shipped"), Set.of(underWay));

        assertEquals(new TakenUp(0, 0), now(deliveries.takeUp(butNot, untold -> Uni.createFrom()
                .item(List.of()))));
    }

    @Test
    void aMarkWaitsForNobodyAndWhatIsFinalStaysFinal() throws SQLException {
        UUID taken = DeliveryId.at(Instant.now());
        UUID free = DeliveryId.at(Instant.now());
        kept.leave(taken, "initech-shipped", new byte[0]);
        kept.leave(free, "initech-shipped", new byte[0]);

        try (Connection elsewhere = database.getConnection();
                Statement statement = elsewhere.createStatement()) {
            elsewhere.setAutoCommit(false);
            statement.execute("select from delivery where id = '" + taken + "' for update");
            CompletionStage<Void> marked = deliveries.mark(told(taken));
            now(deliveries.mark(told(free)));
            now(marked);
            elsewhere.rollback();
        }
        now(deliveries.mark(new Mark(free, Optional.of(Reason.NOT_JSON))));

        assertEquals("NEW", kept.stateOf(taken.toString()));
        assertEquals("TOLD", kept.stateOf(free.toString()));
    }

    @Test
    void whatCannotBeReadForAReasonNobodyForesawIsQuarantined() {
        Delivery broken = new Delivery(DeliveryId.at(Instant.now()), "acme-shipped", Instant.now(), null, null);

        assertEquals(new Mark(broken.id(), Optional.of(Reason.UNREADABLE)), now(telling.tell(broken)));
    }

    @Test
    void whatIsToldIsMarkedThoughKafkaIsSilentAboutAnother() {
        Delivery told = delivery(406);
        Delivery silent = delivery(407);
        PartnerEvents events = new PartnerEvents((Producer<String, byte[]>) null, null) {
            @Override
            Uni<Void> tell(Delivery delivery, Told news) {
                return delivery.equals(silent)
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom().voidItem();
            }
        };
        UntoldDeliveries untold = new UntoldDeliveries(
                deliveries, new Telling(sources, events, deliveries, metrics), sources, settings, metrics);

        List<Mark> marks = untold.tell(List.of(silent, told)).await().atMost(Duration.ofSeconds(20));

        assertEquals(List.of(told(told.id())), marks);
    }

    private static Mark told(UUID id) {
        return new Mark(id, Optional.empty());
    }

    private static Delivery delivery(int caseRef) {
        Instant now = Instant.now();
        return new Delivery(
                DeliveryId.at(now), "acme-shipped", now, new JsonObject(), Buffer.buffer(refundRequest(caseRef)));
    }

    private static void now(CompletionStage<Void> work) {
        work.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static <T> T now(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(5));
    }
}
