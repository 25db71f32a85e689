package dev.refundhub.refunds.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.refunds.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DaysTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @Inject
    Asking asking;

    @Inject
    Pool database;

    @Test
    void daysThatWereMissedAreMadeUpForAsFarBackAsAMonth() {
        LocalDate first = LocalDate.now(ZoneOffset.UTC).plusDays(10);
        asking.beginUntil(first).await().atMost(BOUND);

        asking.beginUntil(first.plusDays(3)).await().atMost(BOUND);
        assertEquals(3, days(first.plusDays(1), first.plusDays(3)));

        asking.beginUntil(first.plusDays(3)).await().atMost(BOUND);
        assertEquals(3, days(first.plusDays(1), first.plusDays(3)));

        asking.beginUntil(first.plusDays(60)).await().atMost(BOUND);
        assertEquals(31, days(first.plusDays(4), first.plusDays(60)));
    }

    private long days(LocalDate from, LocalDate to) {
        return database.preparedQuery("select count(*) from reconciliation where daily between $1 and $2")
                .execute(Tuple.of(from, to))
                .await()
                .atMost(BOUND)
                .iterator()
                .next()
                .getLong(0);
    }
}
