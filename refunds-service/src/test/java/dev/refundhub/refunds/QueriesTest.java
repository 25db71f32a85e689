package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.refunds.order.OrderKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class QueriesTest {

    @Inject
    Mutiny.SessionFactory sessions;

    @Test
    void whatIsOneOfTheseIsFoundHoweverManyTheyAre() throws Throwable {
        List<OrderKey> stored = Stream.generate(QueriesTest::anOrder).limit(5).toList();

        for (int many = 0; many <= stored.size(); many++) {
            List<OrderKey> these = stored.subList(0, many);
            List<OrderKey> found = among(these);
            assertEquals(many, found.size());
            assertEquals(new HashSet<>(these), new HashSet<>(found));
        }
    }

    /** Hibernate translates, and PostgreSQL plans, each text once. */
    @Test
    void listsOfNearlyTheSameSizeAreAskedForByTheSameStatement() throws Throwable {
        List<OrderKey> some = Stream.generate(
                        () -> new OrderKey("acme", UUID.randomUUID().toString()))
                .limit(8)
                .toList();
        try (Statements statements = new Statements()) {
            among(some.subList(0, 5));
            among(some.subList(0, 7));
            among(some);

            assertEquals(1, Set.copyOf(statements.taken()).size());
        }
    }

    private List<OrderKey> among(List<OrderKey> these) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> sessions.withSession(session -> Queries.among(
                        session, "select o.key from Order o where o.key in :these", OrderKey.class, these)
                .getResultList()));
    }

    private static OrderKey anOrder() {
        String order = UUID.randomUUID().toString();
        Api.put(Samples.order("acme", order, 1));
        return new OrderKey("acme", order);
    }
}
