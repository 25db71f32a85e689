package dev.refundhub.refunds.refund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.VioletPayment;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.Samples;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Entitlement;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to the refunds of an order, in whatever order: every cent is where it belongs after every step. */
class RefundSequencesTest {

    private static final Accounts ACCOUNTS = new Accounts(Optional.of("violet"), Optional.of("shipped"));
    private static final int SEQUENCES = 400;
    private static final int STEPS = 60;

    private Instant now = Instant.parse("2026-03-31T23:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyCentIsAccountedForAfterEveryStep(long seed) {
        Random random = new Random(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            World world = new World(random);
            for (int step = 0; step < STEPS; step++) {
                world.step();
                world.check("seed " + seed + ", sequence " + sequence + ", step " + step);
            }
        }
    }

    private final class World {

        private final Random random;
        private final List<Refund> refunds = new ArrayList<>();
        private final Map<Refund, Integer> versions = new HashMap<>();
        private final Map<Refund, RefundStatus> finals = new HashMap<>();
        private final Order order;
        private long version = 1;
        private long paid;

        World(Random random) {
            this.random = random;
            paid = 1L + random.nextInt(5000);
            order = new Order(told(), "d1");
        }

        private MerchantOrder told() {
            return new MerchantOrder(
                    "acme",
                    "o",
                    null,
                    version,
                    null,
                    "USD",
                    paid,
                    0,
                    null,
                    List.of(
                            new MerchantOrder.Line("a", null, 3, 333, 0, 7, new MerchantOrder.Violet(1, 11, 111), null),
                            new MerchantOrder.Line("b", null, 1, 2000, 0, 0, null, null)),
                    List.of(new MerchantOrder.Shipping("s", 500, 0, new MerchantOrder.VioletBag(1, 11))),
                    List.of(),
                    null);
        }

        void step() {
            now = now.plus(Duration.ofHours(random.nextInt(30)));
            if (refunds.isEmpty() || random.nextInt(5) == 0) {
                begin();
                return;
            }
            Refund refund = refunds.get(random.nextInt(refunds.size()));
            try {
                keep(refund, change(refund));
            } catch (Refused e) {
                rebuildNothing(refund);
            }
            if (random.nextInt(15) == 0) {
                version++;
                paid = Math.max(0, paid + random.nextInt(2001) - 1000);
                order.take(told(), "d" + version);
            }
            for (Refund each : refunds) {
                keep(each, each.settleExcess(ACCOUNTS, by()));
            }
        }

        /** What is refused changes neither version nor status. */
        private void rebuildNothing(Refund refund) {
            assertEquals(versions.getOrDefault(refund, 0), refund.version());
        }

        private void begin() {
            List<Asked> asked = random.nextBoolean() ? List.of() : List.of(new Asked("a", 1 + random.nextInt(3)));
            Long amount = asked.isEmpty() ? Long.valueOf(1 + random.nextInt(1500)) : null;
            String kind = random.nextBoolean() ? "API" : "SHIPPED_SUITE";
            Wish wish = new Wish(kind, String.valueOf(refunds.size() + 1), "s", "r", null, asked, amount, false);
            Refund refund = new Refund(refunds.size() + 1, order, wish, random.nextBoolean(), 30, now);
            List<Change> begun =
                    switch (random.nextInt(4)) {
                        case 0 -> refund.paidElsewhere(by());
                        case 1 -> refund.book(order.spread(1 + random.nextInt(900)), by());
                        default -> refund.request(true, by());
                    };
            refunds.add(refund);
            keep(refund, begun);
        }

        private List<Change> change(Refund refund) {
            Long some = random.nextBoolean() ? null : Long.valueOf(1 + random.nextInt(800));
            return switch (random.nextInt(12)) {
                case 0, 1 ->
                    refund.approve(coveredOrNone(refund) ? some : null, true, random.nextBoolean(), ACCOUNTS, by());
                case 2 -> refund.deny("no", by());
                case 3 -> random.nextInt(4) == 0 ? refund.cancel(by()) : List.of();
                case 4 -> refund.ship("t" + random.nextInt(3), "c", random.nextBoolean(), ACCOUNTS, by());
                case 5 -> refund.receive(ACCOUNTS, by());
                case 6 -> refund.markIssued("ref" + random.nextInt(3), some, ACCOUNTS, by());
                case 7 -> refund.retry(ACCOUNTS, by());
                case 8 -> refund.status() == RefundStatus.ISSUED ? refund.reverse(by()) : List.of();
                case 9 -> refund.release(by());
                case 10 -> refund.remind(ACCOUNTS, by());
                default -> hear(refund);
            };
        }

        /** A refusal rolls its transaction back, which plain objects cannot: only what is not refused half-way is tried. */
        private boolean coveredOrNone(Refund refund) {
            return refund.holds().isEmpty();
        }

        private List<Change> hear(Refund refund) {
            if (refund.payouts().isEmpty()) {
                return List.of();
            }
            Payout payout = refund.payouts().get(random.nextInt(refund.payouts().size()));
            boolean isOver = refund.status() == RefundStatus.DENIED || refund.status() == RefundStatus.CANCELLED;
            if (!payout.isAtViolet() || payout.isReplaced() || isOver) {
                return List.of();
            }
            String[] outcomes = {"ACCEPTED", "COMPLETED", "COMPLETED", "DECLINED", "NOT_SENT", "UNCLEAR"};
            String outcome = outcomes[random.nextInt(outcomes.length)];
            PartnerReport report = Samples.report(
                    payout.reference(),
                    "o",
                    refund.id(),
                    random.nextInt(6),
                    outcome,
                    !outcome.equals("ACCEPTED"),
                    outcome.equals("COMPLETED") ? payout.amount() : 0);
            return refund.isLate(report) ? List.of() : refund.hear(report, ACCOUNTS, by());
        }

        private void keep(Refund refund, List<Change> changes) {
            boolean isOver = refund.status() == RefundStatus.DENIED || refund.status() == RefundStatus.CANCELLED;
            for (Change change : changes) {
                assertTrue(
                        !isOver || change.told().stream().noneMatch(VioletPayment.class::isInstance),
                        "nothing is paid for what was denied or cancelled");
                if (change.written() != null) {
                    assertEquals(
                            versions.getOrDefault(refund, 0) + 1,
                            change.written().version());
                    versions.put(refund, change.written().version());
                }
            }
        }

        private By by() {
            return new By("test", null, now);
        }

        void check(String where) {
            isWhole(order.money(), where);
            long reserved = 0;
            long issued = 0;
            for (Refund refund : refunds) {
                reserved += reservedBy(refund);
                issued += refund.issued();
                RefundStatus before = finals.putIfAbsent(refund, refund.status().isFinal() ? refund.status() : null);
                assertTrue(before == null || before == refund.status(), where + ": what is final stays final");
                assertTrue(isOwned(refund), where + ": " + refund.status() + " has neither a next time nor a person");
                assertTrue(ours(refund) <= refund.amount(), where + ": paid twice");
                assertTrue(paidByUs(refund) <= refund.issued(), where + ": what we paid counts");
            }
            assertEquals(reserved, order.money().reserved(), where);
            assertEquals(issued, order.money().issued(), where);
            long onLines = 0;
            for (OrderLine line : order.lines()) {
                isWhole(line.money(), where);
                isWhole(line.units(), where);
                onLines += line.money().taken();
            }
            assertEquals(order.money().taken(), onLines, where + ": every cent lies on a line");
        }

        private long reservedBy(Refund refund) {
            boolean nothing = refund.status().isFinal()
                    || refund.holds().stream().anyMatch(h -> h.code().reservesNothing());
            return nothing ? 0 : refund.amount() - refund.issued();
        }

        /** What we have paid, or may still pay. */
        private long ours(Refund refund) {
            return refund.payouts().stream()
                    .filter(p -> p.channel() != Payout.Channel.EXTERNAL && !p.isReplaced() && !p.cameToNothing())
                    .mapToLong(Payout::amount)
                    .sum();
        }

        private long paidByUs(Refund refund) {
            return refund.payouts().stream()
                    .filter(p -> p.channel() != Payout.Channel.EXTERNAL && !p.isReplaced() && p.isCompleted())
                    .mapToLong(Payout::amount)
                    .sum();
        }

        private boolean isOwned(Refund refund) {
            boolean owed =
                    refund.confirmation() != null && refund.confirmation().state() == Confirmation.State.OWED;
            boolean over = refund.status().isFinal() && !owed;
            return over || refund.dueAt() != null || !refund.holds().isEmpty();
        }

        private void isWhole(Entitlement e, String where) {
            assertEquals(Math.max(e.reserved() + e.issued() - e.paid(), 0), e.excess(), where);
            assertEquals(e.paid() + e.excess(), e.left() + e.reserved() + e.issued(), where);
            assertTrue(e.reserved() >= 0 && e.issued() >= 0, where);
        }
    }
}
