package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.VioletLook;
import dev.refundhub.messages.VioletPayment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders are understood whole, or not carried out; whatever comes, the next one is heard. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class InstructionJourneyTest {

    @Test
    void aFieldWeDoNotKnowIsNotCarriedOut() throws Exception {
        assertRefused("NOT_UNDERSTOOD", order -> order.put("onlyIf", "it rains"));
    }

    @Test
    void aFieldThatIsMissingIsNotCarriedOut() throws Exception {
        assertRefused("NOT_UNDERSTOOD", order -> order.remove("shippingMinor"));
        assertRefused("NOT_UNDERSTOOD", order -> order.putNull("notify"));
        assertRefused("NOT_UNDERSTOOD", order -> order.put("amountMinor", 25.5));
        assertRefused("NOT_UNDERSTOOD", order -> order.put("amountMinor", "2500"));
        assertRefused("NOT_UNDERSTOOD", order -> order.withArray("skus").addNull());
    }

    @Test
    void anAccountWeDoNotHaveAndTooMuchAreNotCarriedOut() throws Exception {
        assertRefused("UNKNOWN_ACCOUNT", order -> order.put("account", "nobody"));
        assertRefused("UNKNOWN_ACCOUNT", order -> order.put("account", "shipped"));
        assertRefused("TOO_LARGE", order -> {
            order.put("amountMinor", 2147483648L);
            order.putArray("skus");
        });
    }

    @Test
    void anotherKindIsNotCarriedOut() throws Exception {
        assertRefused("NOT_UNDERSTOOD", order -> order.put("kind", "REFUND"));
    }

    @Test
    void anotherTypeIsNotCarriedOutAndToldSo() throws Exception {
        Violet violet = new Violet().has();

        Hub.order(VioletPayment.TOPIC, "dev.refundhub.pay.v2", Hub.JSON.writeValueAsString(violet.payment()));

        assertEquals("NOT_SENT", only(violet).outcome());
        assertEquals("NOT_UNDERSTOOD", only(violet).detail());
        assertEquals(0, violet.asked().size());
    }

    @Test
    void whatIsNotUnderstoodChangesNoPaymentThatTheJournalHas() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        violet.order();
        PartnerReport before = only(violet);
        ObjectNode other = Hub.JSON.valueToTree(violet.payment());
        other.put("onlyIf", "it rains");
        int aside = deadLetters("reason = 'INSTRUCTION_CHANGED'");

        Hub.order(VioletPayment.TOPIC, "dev.refundhub.pay.v2", other.toString());

        await().until(() -> deadLetters("reason = 'INSTRUCTION_CHANGED'") == aside + 1);
        assertEquals(before, only(violet));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aLookOrAResolutionThatIsNotUnderstoodWholeIsPutAside() throws Exception {
        Violet violet = new Violet().has();
        int aside = deadLetters("reason = 'NOT_UNDERSTOOD'");
        ObjectNode payment = Hub.JSON.valueToTree(violet.payment());

        Hub.order(VioletLook.TOPIC, PaymentResolution.TYPE, payment.toString());
        Hub.order(VioletLook.TOPIC, VioletLook.TYPE, payment.toString());
        violet.look("CURIOSITY");
        violet.resolve("HAPPENED", 0);
        violet.resolve("PERHAPS", 1);

        await().until(() -> deadLetters("reason = 'NOT_UNDERSTOOD'") == aside + 5);
        assertEquals(0, violet.read());
    }

    @Test
    void theOrderOfTheUnitsIsNoChange() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        ObjectNode first = Hub.JSON.valueToTree(violet.payment());
        ArrayNode skus = first.putArray("skus");
        skus.addObject().put("orderSkuId", 700101).put("quantity", 1).put("amountMinor", 1000);
        skus.addObject().put("orderSkuId", 700102).put("quantity", 1).put("amountMinor", 1500);
        ObjectNode again = first.deepCopy();
        again.withArray("skus").add(again.withArray("skus").remove(0));

        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, first.toString());
        only(violet);
        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, again.toString());

        await().until(() -> Hub.reports(violet.reference).size() == 2);
        assertEquals("COMPLETED", only(violet).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "7", "{\"instructionId\":\"hub-\\u0000\"}", "{\"a\":1,\"a\":2}"})
    void whatNobodyCouldBeToldAboutIsPutAsideAndTheNextIsHeard(String body) throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        int aside = deadLetters("true");

        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, body);
        violet.order();

        assertEquals("COMPLETED", only(violet).outcome());
        assertEquals(aside + 1, deadLetters("true"));
    }

    @Test
    void anInstructionThatChangedIsPutAsideAndChangesNothing() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        violet.order();
        only(violet);
        int aside = deadLetters("reason = 'INSTRUCTION_CHANGED'");

        ObjectNode changed = Hub.JSON.valueToTree(violet.payment());
        changed.put("amountMinor", 2400);
        ((ObjectNode) changed.withArray("skus").get(0)).put("amountMinor", 2400);
        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, changed.toString());

        await().until(() -> deadLetters("reason = 'INSTRUCTION_CHANGED'") == aside + 1);
        assertEquals(1, Hub.reports(violet.reference).size());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void afterARestoreARefundThatWasDecidedOtherwiseIsToldWhatWasReallyPaid() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        violet.order();
        PartnerReport before = only(violet);
        int aside = deadLetters("reason = 'INSTRUCTION_CHANGED'");

        ObjectNode otherwise = Hub.JSON.valueToTree(violet.payment());
        otherwise.put("refundId", 1_001_002).put("amountMinor", 2501);
        ((ObjectNode) otherwise.withArray("skus").get(0)).put("amountMinor", 2501);
        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, otherwise.toString());

        await().until(() -> Hub.reports(violet.reference).size() == 2);
        PartnerReport after = Hub.reports(violet.reference).get(1);
        assertEquals(1_001_002, after.refundId());
        assertEquals(before.movedMinor(), after.movedMinor());
        assertEquals(aside + 1, deadLetters("reason = 'INSTRUCTION_CHANGED'"));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void afterARestoreTheSameInstructionIsAnsweredForItsNewRefund() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        violet.order();
        PartnerReport before = only(violet);

        ObjectNode again = Hub.JSON.valueToTree(violet.payment());
        again.put("refundId", 1_001_001)
                .put("text", "other words")
                .putArray("known")
                .add("88004");
        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, again.toString());

        await().until(() -> Hub.reports(violet.reference).size() == 2);
        PartnerReport after = Hub.reports(violet.reference).get(1);
        assertEquals(1_001_001, after.refundId());
        assertEquals(before.revision(), after.revision());
        assertEquals("COMPLETED", after.outcome());
        assertEquals(1, violet.asked().size());
    }

    private static void assertRefused(String why, Consumer<ObjectNode> change) throws Exception {
        Violet violet = new Violet().has();
        ObjectNode order = Hub.JSON.valueToTree(violet.payment());
        change.accept(order);

        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, order.toString());

        PartnerReport report = only(violet);
        assertEquals("NOT_SENT", report.outcome());
        assertEquals(why, report.detail());
        assertEquals(true, report.isFinal());
        assertEquals(1001, report.refundId());
        assertEquals(0, violet.asked().size());
    }

    private static int deadLetters(String which) {
        return Integer.parseInt(Hub.look("select count(*) from dead_letter where " + which));
    }

    private static PartnerReport only(Violet violet) {
        await().until(() -> !Hub.reports(violet.reference).isEmpty());
        List<PartnerReport> all = Hub.reports(violet.reference);
        return all.get(all.size() - 1);
    }
}
