package dev.refundhub.refunds;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits is shown for as long as it waits. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WatchTest {

    private static final String SELLER = Tokens.seller("hooli");

    private final String order = UUID.randomUUID().toString();

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void sell() {
        Api.put(Samples.order("hooli", order, 1));
    }

    @Test
    void aHoldIsCountedUntilItIsLifted() throws SQLException {
        double before = (double) Rows.count("select count(*) from refund where hold_codes like '% UNKNOWN_WORD %'");
        long id = Api.id(Api.ask(
                SELLER, "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":1,\"refundOnly\":true}".formatted(order)));

        Rows.change("update refund set holds = '[{\"code\":\"UNKNOWN_WORD\"}]' where id = " + id);
        shows("hub.refunds.held", "hold", "UNKNOWN_WORD", before + 1);

        Rows.change("update refund set holds = '[]', due_at = now() + interval '1 day' where id = " + id);
        shows("hub.refunds.held", "hold", "UNKNOWN_WORD", before);
    }

    @Test
    void anOrderOfWhichMoreIsGoneThanWasPaidIsCounted() throws SQLException {
        double before = (double) Rows.count("select count(*) from customer_order where excess > 0");

        Rows.change("update customer_order set issued = paid + 100, excess = 100 where order_id = '" + order + "'");
        shows("hub.orders.in.excess", "none", "", before + 1);

        Rows.change("update customer_order set issued = 0, excess = 0 where order_id = '" + order + "'");
        shows("hub.orders.in.excess", "none", "", before);
    }

    @Test
    void howMuchOfADaysLimitIsUsedIsShown() throws SQLException {
        Rows.change("insert into policy (seller, document) values ('initech',"
                + " '{\"sources\":{\"s\":{\"autoApprove\":{\"JPY\":{\"upTo\":10,\"perDay\":1000}}}}}')");
        Rows.change("insert into approved_by_policy (seller, source, currency, day, amount)"
                + " values ('initech', 's', 'JPY', (now() at time zone 'UTC')::date, 250)");

        shows("hub.policy.used.ratio", "seller", "initech", 0.25);

        Rows.change("delete from policy where seller = 'initech'");
        shows("hub.policy.used.ratio", "seller", "initech", 0);
    }

    @Test
    void howLongTheDatabaseIsSilentIsShown() throws SQLException {
        try (Rows.Lock silence = Rows.lock("lock table dead_letter in access exclusive mode")) {
            assertTrue(silence.isHeld());
            await().atMost(Duration.ofSeconds(20)).until(() -> sum("hub.database.silent.seconds", "", "") > 3);
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> sum("hub.database.silent.seconds", "", "") < 3);
    }

    /** What is not shown is none. */
    private void shows(String name, String tag, String value, double expected) {
        await(name).atMost(Duration.ofSeconds(20)).until(() -> sum(name, tag, value) == expected);
    }

    private double sum(String name, String tag, String value) {
        Collection<Gauge> gauges = value.isEmpty()
                ? metrics.find(name).gauges()
                : metrics.find(name).tag(tag, value).gauges();
        return gauges.stream().mapToDouble(Gauge::value).sum();
    }
}
