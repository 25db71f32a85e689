package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.VioletLook;
import dev.refundhub.messages.VioletPayment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One trace from the instruction to the partner, and to what is told of it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TraceJourneyTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String AGAIN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aPaymentAndItsReportGoOnWithTheInstructionsTrace() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        order(violet, TRACE);

        await().until(() -> !Hub.reports(violet.reference).isEmpty());
        assertEquals(TRACE, violet.asked().get(0).getHeader("traceparent"));
        assertEquals(TRACE, Hub.trace(violet.reference));
    }

    @Test
    void whatIsHeardAgainIsToldAgainWithTheNewTrace() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        order(violet, TRACE);
        await().until(() -> !Hub.reports(violet.reference).isEmpty());

        order(violet, AGAIN);

        await().until(() -> AGAIN.equals(Hub.trace(violet.reference)));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aLookGoesOnWithItsOwn() throws Exception {
        Violet violet = new Violet().has();
        String id = UUID.randomUUID().toString();
        VioletLook look = new VioletLook(
                id, VioletLook.KIND, "acme", "20776138", "violet", Violet.ORDER, violet.bag, "RECONCILIATION");

        Hub.order(VioletLook.TOPIC, VioletLook.TYPE, Hub.JSON.writeValueAsString(look), TRACE);

        await().until(() -> !Hub.reads(id).isEmpty());
        assertEquals(TRACE, Hub.trace(id));
        assertEquals("RECONCILIATION", Hub.reads(id).get(0).why());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448"
            })
    void whatIsNoTraceBeginsANewOne(String told) throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        order(violet, told);

        await().until(() -> !Hub.reports(violet.reference).isEmpty());
        String begun = Hub.trace(violet.reference);
        assertTrue(begun.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"), begun);
        assertNotEquals(told, begun);
        assertEquals(begun, violet.asked().get(0).getHeader("traceparent"));
    }

    private static void order(Violet violet, String trace) throws Exception {
        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, Hub.JSON.writeValueAsString(violet.payment()), trace);
    }
}
