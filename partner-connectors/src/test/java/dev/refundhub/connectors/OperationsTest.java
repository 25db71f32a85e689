package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OperationsTest {

    /** It is counted every 10 s. */
    private static final Duration A_FEW_COUNTS = Duration.ofSeconds(40);

    @Test
    void itIsLiveAndReady() {
        for (String health : new String[] {"live", "ready", "started"}) {
            assertEquals(
                    200, RestAssured.get(management() + "/health/" + health).statusCode(), health);
        }
    }

    @Test
    void exchangesAreCountedByAccountAndOutcomeAndNoSecretIsShown() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        violet.order();

        await().until(() -> !Hub.reports(violet.reference).isEmpty());
        String metrics = metrics();
        assertTrue(metrics.contains(
                "hub_partner_exchange_seconds_count{account=\"violet\",outcome=\"COMPLETED\",what=\"send\"}"));
        assertTrue(metrics.contains("hub_journal_calls{state=\"DUE\"}"));
        assertTrue(metrics.contains("hub_journal_oldest_untold_seconds"));
        assertTrue(metrics.contains("hub_partner_left_alone{account=\"violet\"}"));
        assertFalse(metrics.contains("test-app-secret"));
    }

    @Test
    void howLongAReportWaitsIsShownHoweverOftenItIsToldInVain() throws Exception {
        String id = "not-taken-by-kafka";
        String tooLarge = "x".repeat(2_000_000);
        Hub.change(
                """
                insert into call (instruction_id, kind, seller, order_id, refund_id, account, bag_id, terms, instruction,
                    state, revision, report, tell_no, tell_at)
                values ('%s', 'PAY', 'acme', '1', 1001, 'nobody', 1, '{}', '{}', 'DONE', 1,
                    '{"instructionId":"%s","orderId":"1","kind":"PAY","outcome":"UNCLEAR","detail":"%s"}',
                    1, now() - interval '5 minutes')"""
                        .formatted(id, id, tooLarge));

        await().until(() ->
                Hub.look("select 1 from call where tell_at > now() and instruction_id = '" + id + "'") != null);
        await().atMost(A_FEW_COUNTS).until(() -> gauge("hub_journal_oldest_untold_seconds") > 300);

        Hub.change("delete from call where instruction_id = '" + id + "'");
        await().atMost(A_FEW_COUNTS).until(() -> gauge("hub_journal_oldest_untold_seconds") < 60);
    }

    @Test
    void howLongTheDatabaseIsSilentIsShown() throws Exception {
        Hub.database(false);
        try {
            await().atMost(A_FEW_COUNTS).until(() -> gauge("hub_database_silent_seconds") > 15);
        } finally {
            Hub.database(true);
        }

        await().atMost(A_FEW_COUNTS).until(() -> gauge("hub_database_silent_seconds") < 15);
    }

    private static double gauge(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String metrics() {
        return RestAssured.get(management() + "/metrics").asString();
    }

    private static String management() {
        return ConfigProvider.getConfig().getValue("test.management.url", String.class);
    }
}
