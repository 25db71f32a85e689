package dev.refundhub.refunds;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who finds which refunds, and by what. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RefundListTest {

    private static final String SELLER = Tokens.seller("acme");

    private final String order = UUID.randomUUID().toString();
    private final String shopper = "shopper-" + order;
    private final String other = "other-" + order;

    @BeforeEach
    void anOrder() {
        Api.put(of(shopper, 1));
    }

    @Test
    void aShopperFindsTheRefundsOfTheirOrders() {
        int id = asked();

        listed(shopper).body("data.id", contains(id));
        listed(other).body("data", empty());
    }

    @Test
    void whereTheOrderTurnsOutToBeSomebodyElsesItsRefundsAreTheirsToo() {
        int id = asked();

        Api.put(of(other, 2));

        listed(shopper).body("data", empty());
        listed(other).body("data.id", contains(id));
        Api.as(Tokens.customer("acme", shopper))
                .get("/api/v2/refunds/" + id)
                .then()
                .statusCode(404);
        Api.get(Tokens.customer("acme", other), id).then().statusCode(200);
    }

    @Test
    void nobodyFindsAnErasedShoppersRefundsByTheirName() {
        asked();

        Api.as(Tokens.service("acme"))
                .delete("/api/v2/customers/" + shopper)
                .then()
                .statusCode(204);

        listed(shopper).body("data", empty());
    }

    @Test
    void aRefundIsFoundByAHoldForAsLongAsItStands() {
        long id = aClaimBeyondWhatIsLeft();
        found("hold=OVER_ENTITLEMENT").body("data.id", contains((int) id));
        found("hold=LIMIT").body("data", empty());

        Api.act(SELLER, id, "{\"action\":\"DENY\",\"reason\":\"r\"}").then().statusCode(200);

        found("hold=OVER_ENTITLEMENT").body("data", empty());
        found("status=DENIED").body("data.id", contains((int) id));
    }

    @Test
    void aStatusSaysAlreadyWhetherItIsValid() {
        int id = asked();

        found("status=REQUESTED&valid=true").body("data.id", contains(id));
        found("status=REQUESTED&valid=false").body("data", empty());

        Api.cancel(SELLER, id).then().statusCode(200);

        found("status=CANCELLED&valid=false").body("data.id", contains(id));
        found("status=CANCELLED&valid=true").body("data", empty());
    }

    @Test
    void pagesFollowEachOtherNewestFirstWithPayoutsInEach() {
        int first = asked();
        int second = asked();
        int third = asked();
        Api.act(SELLER, second, "{\"action\":\"APPROVE\"}").then().statusCode(200);

        found("page=0&size=2").body("data.id", contains(third, second)).body("page.hasNext", equalTo(true));
        found("page=1&size=2").body("data.id", contains(first)).body("page.hasNext", equalTo(false));
        found("page=1&size=1").body("data.id", contains(second)).body("data[0].payouts.no", contains(1));
    }

    private MerchantOrder of(String subject, long version) {
        MerchantOrder told = Samples.order("acme", order, version);
        return new MerchantOrder(
                told.seller(),
                told.orderId(),
                told.number(),
                told.version(),
                told.placedAt(),
                told.currency(),
                told.paidMinor(),
                told.discountMinor(),
                new MerchantOrder.Customer(subject, null),
                told.lines(),
                told.shipping(),
                List.of(),
                null);
    }

    private int asked() {
        return (int) Api.id(Api.ask(
                SELLER, "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":1,\"refundOnly\":true}".formatted(order)));
    }

    /** Somebody else had the money first. */
    private long aClaimBeyondWhatIsLeft() {
        asked();
        try (Topics topics = new Topics()) {
            PartnerClaim claim = Samples.claim("acme", order, "case-" + order, Samples.LINE, null);
            topics.tell(PartnerClaim.TOPIC, "acme/" + order, PartnerClaim.TYPE, claim);
            Awaitility.await()
                    .atMost(Topics.BOUND)
                    .until(() -> Rows.count("select count(*) from refund where source_ref = ?", "case-" + order) == 1);
        }
        return Rows.count("select id from refund where source_ref = ?", "case-" + order);
    }

    private ValidatableResponse found(String filters) {
        return Api.as(SELLER)
                .get("/api/v2/refunds?orderId=" + order + "&" + filters)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse listed(String subject) {
        return Api.as(Tokens.customer("acme", subject))
                .get("/api/v2/refunds")
                .then()
                .statusCode(200);
    }
}
