package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OperationsTest {

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
        assertTrue(metrics.contains("hub_journal_untold_reports"));
        assertTrue(metrics.contains("hub_partner_left_alone{account=\"violet\"}"));
        assertFalse(metrics.contains("test-app-secret"));
    }

    private static String metrics() {
        return RestAssured.get(management() + "/metrics").asString();
    }

    private static String management() {
        return ConfigProvider.getConfig().getValue("test.management.url", String.class);
    }
}
