package dev.refundhub.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.merchant.Merchant;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Stack;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.RefundChanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The main job, seen from outside: a partner's claim becomes one paid and confirmed refund, whatever comes besides. */
public final class Story implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Stack stack;
    private final Narrator narrator;
    private final Merchant merchant;
    private final Partners partners;
    private final Hub hub;
    private final Topics topics;
    private final Shopper shopper;
    private final Set<String> deliveries = new TreeSet<>();

    public Story(Stack stack, Narrator narrator) {
        this.stack = stack;
        this.narrator = narrator;
        merchant = new Merchant(stack.settings());
        partners = new Partners(stack.settings(), narrator);
        hub = new Hub(stack);
        shopper = new Shopper(stack, narrator);
        topics = new Topics(stack.settings().kafka(), narrator);
    }

    /** Everything, in this order. */
    public void play() {
        narrator.chapter("A parcel was lost");
        theOrderArrives(Claim.SAMPLER);
        theClaimArrives(Claim.SAMPLER);
        itIsPaidAndConfirmedOnce(Claim.SAMPLER);
        narrator.chapter("The partner says it twice more");
        theClaimArrives(Claim.SAMPLER);
        theClaimArrives(Claim.SAMPLER);
        narrator.chapter("Somebody says it with a wrong signature");
        aForgedClaimIsRefused(Claim.SAMPLER);
        narrator.chapter("A claim comes before its order");
        theClaimArrives(Claim.TEA_SET);
        itWaitsForItsOrder(Claim.TEA_SET);
        theOrderArrives(Claim.TEA_SET);
        itIsPaidAndConfirmedOnce(Claim.TEA_SET);
        narrator.chapter("Nothing else has happened");
        nothingElseHappened(Claim.SAMPLER, Claim.TEA_SET);
        narrator.chapter("A shopper sends one of two shirts back");
        aShirtComesBackAndIsPaid();
    }

    Partners partners() {
        return partners;
    }

    void theOrderArrives(Claim claim) {
        merchant.tell(read(claim.order()));
        narrator.tell(MerchantOrder.TOPIC, "order " + claim.orderId() + " of acme");
        comesTrue("refunds-service has heard the order", () -> isHeard(MerchantOrder.TOPIC));
    }

    void theClaimArrives(Claim claim) {
        Reply reply = hub.deliver(read(claim.delivery()));
        String delivery = reply.header("Delivery-Id").orElse("none");
        narrator.tell("webhook-gateway", "claim " + claim.ref() + ": " + reply.status() + ", delivery " + delivery);
        must("a signed claim is answered 200", reply.status() == 200);
        must("every delivery has an id of its own", deliveries.add(delivery));
    }

    void itIsPaidAndConfirmedOnce(Claim claim) {
        comesTrue("Violet refunds bag " + claim.bag(), () -> !partners.refunds(claim.bag())
                .isEmpty());
        JsonNode asked = partners.refunds(claim.bag()).get(0).path("asked");
        must("Violet is asked for exactly this, with nothing left out", claim.isAskedBy(asked));
        comesTrue("Shipped Suite hears of it", () -> !partners.confirmations(claim.request())
                .isEmpty());
        JsonNode confirmation = partners.confirmations(claim.request()).get(0);
        comesTrue("the refund is ISSUED and CONFIRMED", () -> refund(claim, "ISSUED", "CONFIRMED"));
        JsonNode refund = hub.refunds(claim.ref()).get(0);
        narrator.tell(
                "refunds-service",
                "GET /api/v2/refunds?sourceRef=" + claim.ref() + ": "
                        + refund.path("status").asText() + " "
                        + refund.path("amount").asText() + " "
                        + refund.path("currency").asText() + ", confirmation "
                        + refund.at("/confirmation/state").asText());
        must(
                "the confirmation says what was paid",
                claim.isConfirmedBy(confirmation, refund.path("id").asText()));
        must("the amount is exact", refund.path("amount").asText().equals(claim.amount()));
        comesTrue("refund-events tell its life without a gap", () -> isWhole(topics.changes(claim)));
        mustBeOnce(claim);
    }

    void aForgedClaimIsRefused(Claim claim) {
        long kept = hub.keptDeliveries();
        Reply reply = hub.deliver(read(claim.delivery()), "a guess");
        narrator.tell("webhook-gateway", "claim " + claim.ref() + ", wrongly signed: " + reply.status());
        must("a wrong signature is answered 401", reply.status() == 401);
        must("a wrong signature leaves no trace", hub.keptDeliveries() == kept);
    }

    void itWaitsForItsOrder(Claim claim) {
        comesTrue("the refund is there, on hold ORDER_UNCONFIRMED", () -> hub.refunds(claim.ref()).stream()
                .anyMatch(refund -> refund.path("status").asText().equals("REQUESTED")
                        && refund.at("/holds/0/code").asText().equals("ORDER_UNCONFIRMED")));
        must("nothing is paid for it", partners.refunds(claim.bag()).isEmpty());
        narrator.tell("refunds-service", "claim " + claim.ref() + " waits for its order");
    }

    void aShirtComesBackAndIsPaid() {
        merchant.tell(read(Shopper.ORDER));
        comesTrue("refunds-service has heard the order", () -> isHeard(MerchantOrder.TOPIC));
        int paidBefore = topics.payments().size();
        JsonNode asked = shopper.asksForOne();
        long id = asked.path("id").asLong();
        must("the amount comes out as it went in", asked.path("amount").asText().equals("89.95"));
        must(
                "it waits for the goods",
                shopper.isApproved(id).path("status").asText().equals("WAITING"));
        must(
                "it waits for the goods still",
                shopper.sendsItBack(id).path("status").asText().equals("WAITING"));
        must("it is being paid", shopper.isReceived(id).path("status").asText().equals("PROCESSING"));
        comesTrue("it is ISSUED", () -> shopper.sees(id).path("status").asText().equals("ISSUED"));
        must("Violet refunds it once", partners.refunds(Shopper.BAG).size() == 1);
        must("one payment is ordered", topics.payments().size() == paidBefore + 1);
        must("what is left is said", shopper.asksForTooMuch().equals("99.90"));
    }

    /** Beyond what these claims ask for, nobody has heard of, kept or paid anything. */
    void nothingElseHappened(Claim... claims) {
        comesTrue("every claim is heard", () -> isHeard(PartnerClaim.TOPIC));
        comesTrue("claims come from no other delivery", () -> deliveries.equals(topics.deliveries()));
        comesTrue("no other payment is ordered", () -> topics.payments().size() == claims.length);
        for (Claim claim : claims) {
            mustBeOnce(claim);
            narrator.tell("Violet", "bag " + claim.bag() + ": one refund, of " + claim.amount() + " USD");
            narrator.tell(
                    "Shipped Suite", "request " + claim.ref() + ": one confirmation, of " + claim.amount() + " USD");
        }
    }

    private boolean isHeard(String topic) {
        return Backlog.isWorkedOff(stack.settings().kafka(), "refunds-service", topic);
    }

    private void mustBeOnce(Claim claim) {
        must(
                "Violet refunds bag " + claim.bag() + " once",
                partners.refunds(claim.bag()).size() == 1);
        must(
                "one refund is made of claim " + claim.ref(),
                hub.refunds(claim.ref()).size() == 1);
    }

    private boolean refund(Claim claim, String status, String confirmation) {
        return hub.refunds(claim.ref()).stream()
                .anyMatch(refund -> refund.path("status").asText().equals(status)
                        && refund.at("/confirmation/state").asText().equals(confirmation));
    }

    private static boolean isWhole(List<RefundChanged> life) {
        List<Integer> versions =
                life.stream().map(RefundChanged::version).sorted().toList();
        List<String> statuses =
                life.stream().map(RefundChanged::status).distinct().toList();
        return versions.equals(IntStream.rangeClosed(1, life.size()).boxed().toList())
                && statuses.equals(List.of("REQUESTED", "PROCESSING", "ISSUED"));
    }

    private static void comesTrue(String what, Supplier<Boolean> condition) {
        must(what, Bounded.until(LIMIT, condition));
    }

    private static void must(String what, boolean holds) {
        if (!holds) {
            throw new Broken("This does not hold: " + what + ".");
        }
    }

    private byte[] read(String sample) {
        try {
            return Files.readAllBytes(stack.directories().sample(sample));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        merchant.close();
        partners.close();
        topics.close();
    }
}
