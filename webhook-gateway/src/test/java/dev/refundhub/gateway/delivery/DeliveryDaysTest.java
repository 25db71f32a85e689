package dev.refundhub.gateway.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Surroundings.class)
class DeliveryDaysTest {

    private static final LocalDate FIRST = LocalDate.of(2001, 1, 3);

    @Inject
    DeliveryDays days;

    @Inject
    KeptDeliveries kept;

    @Test
    void aDayThatWasKeptLongEnoughGoesWithAllButWhatWasNeverTold() throws SQLException {
        for (int day = 1; day <= 4; day++) {
            LocalDate date = LocalDate.of(2001, 1, day);
            kept.change("create table delivery_2001010%d partition of delivery for values from ('%s') to ('%s')"
                    .formatted(day, lowest(date), lowest(date.plusDays(1))));
            kept.change(
                    """
                    insert into delivery (id, source, received_at, sha256, headers, body, state, reason)
                    select ('%s' || right(gen_random_uuid()::text, 18))::uuid, 'vandelay-shipped', now(), '', '{}', '', state, reason
                    from (values ('NEW', null), ('TOLD', null), ('QUARANTINED', 'NOT_JSON')) as one (state, reason)
                    """
                            .formatted(lowest(date).substring(0, 18)));
        }

        days.forgetBefore(FIRST);

        assertEquals(
                "delivery_20010103 delivery_20010104",
                kept.one(
                        "select string_agg(relname, ' ' order by relname) from pg_class where relname like 'delivery_2001____'"));
        assertEquals(
                "8 4",
                kept.one("select count(*) || ' ' || count(*) filter (where state = 'NEW') from delivery"
                        + " where source = 'vandelay-shipped'"));
        kept.change("delete from delivery where source = 'vandelay-shipped'");
        days.forgetBefore(LocalDate.of(2001, 1, 5));
        assertEquals("0", kept.one("select count(*) from pg_class where relname like 'delivery_2001____'"));
    }

    @Test
    void whatLiesInTheDefaultPartitionGoesToo() throws SQLException {
        kept.change("insert into delivery (id, source, received_at, sha256, headers, body, state) values"
                + " ('" + lowest(FIRST.minusDays(1)) + "', 'vandelay-optoro', now(), '', '{}', '', 'TOLD'),"
                + " ('" + lowest(FIRST) + "', 'vandelay-optoro', now(), '', '{}', '', 'TOLD')");

        days.forgetBefore(FIRST);

        assertEquals("1", kept.one("select count(*) from delivery where source = 'vandelay-optoro'"));
        kept.change("delete from delivery where source = 'vandelay-optoro'");
    }

    @Test
    void noDayIsForgottenBeforeItIsOver() {
        SQLException refusal = assertThrows(
                SQLException.class,
                () -> days.forgetBefore(LocalDate.now(ZoneOffset.UTC).plusDays(1)));

        assertEquals("22023", refusal.getSQLState(), refusal.getMessage());
    }

    @Test
    void noPartitionIsMadeForADayThatIsFarAway() {
        assertThrows(
                AssertionError.class,
                () -> kept.one("select prepare_delivery_day((now() at time zone 'UTC')::date + 401)"));
    }

    private static String lowest(LocalDate day) {
        return DeliveryId.lowestAt(day.atStartOfDay(ZoneOffset.UTC).toInstant()).toString();
    }
}
