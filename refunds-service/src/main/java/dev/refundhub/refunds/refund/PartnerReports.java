package dev.refundhub.refunds.refund;

import dev.refundhub.messages.BagRead;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.inbox.DeadLetters;
import dev.refundhub.refunds.inbox.Inbox;
import dev.refundhub.refunds.inbox.Messages;
import dev.refundhub.refunds.inbox.Received;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.Portion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What became of our instructions. */
@ApplicationScoped
class PartnerReports {

    private static final String COMPARE = "RECONCILIATION";
    private static final String UNKNOWN_PAYOUT = "UNKNOWN_PAYOUT";
    private static final Optional<String> TAKEN = Optional.empty();

    private final Inbox inbox;
    private final Messages messages;
    private final DeadLetters deadLetters;
    private final Refunds refunds;
    private final Facts facts;
    private final Sellers sellers;
    private final BagReads bagReads;

    PartnerReports(
            Inbox inbox,
            Messages messages,
            DeadLetters deadLetters,
            Refunds refunds,
            Facts facts,
            Sellers sellers,
            BagReads bagReads) {
        this.inbox = inbox;
        this.messages = messages;
        this.deadLetters = deadLetters;
        this.refunds = refunds;
        this.facts = facts;
        this.sellers = sellers;
        this.bagReads = bagReads;
    }

    @Incoming(PartnerReport.TOPIC)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return inbox.take(records, this::read, this::take);
    }

    private Object read(String type, byte[] value) {
        return BagRead.TYPE.equals(type) ? bagRead(type, value) : report(type, value);
    }

    private PartnerReport report(String type, byte[] value) {
        PartnerReport report = messages.read(type, PartnerReport.TYPE, value, PartnerReport.class);
        if (!Text.isId(report.instructionId()) || !Text.isSeller(report.seller()) || !Text.isId(report.orderId())) {
            throw new Refused("INCOMPLETE");
        }
        return report;
    }

    private BagRead bagRead(String type, byte[] value) {
        BagRead read = messages.read(type, BagRead.TYPE, value, BagRead.class);
        boolean whole = Text.isSeller(read.seller())
                && Text.isId(read.orderId())
                && Text.isShortOrNull(read.instructionId())
                && read.refunds() != null
                && read.refunds().stream().allMatch(r -> r != null && Text.isId(r.partnerRefundId()));
        if (!whole) {
            throw new Refused("INCOMPLETE");
        }
        return read;
    }

    private Uni<Void> take(List<Received<Object>> received) {
        List<OrderKey> orders =
                received.stream().map(r -> orderKey(r.message())).distinct().toList();
        List<Long> ids = received.stream()
                .map(Received::message)
                .filter(PartnerReport.class::isInstance)
                .map(message -> ((PartnerReport) message).refundId())
                .distinct()
                .toList();
        return refunds.change(
                orders, books -> refunds.byIds(books.session(), ids).chain(found -> {
                    Map<Long, Refund> byId = found.stream().collect(Collectors.toMap(Refund::id, Function.identity()));
                    List<DeadLetters.Aside> asides = new ArrayList<>();
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (Received<Object> each : received) {
                        done = done.chain(() -> take(books, byId, each))
                                .invoke(why -> why.ifPresent(reason -> asides.add(new DeadLetters.Aside(each, reason))))
                                .replaceWithVoid();
                    }
                    return done.chain(() -> deadLetters.putAside(books.session(), asides));
                }));
    }

    /** Why it is put aside; empty where it was taken. */
    private Uni<Optional<String>> take(Books books, Map<Long, Refund> byId, Received<Object> received) {
        books.because(received.trace());
        if (received.message() instanceof PartnerReport report) {
            return hear(books, byId.get(report.refundId()), report);
        }
        BagRead read = (BagRead) received.message();
        return books.order(orderKey(read))
                .map(order -> hear(books, order, read).replaceWith(TAKEN))
                .orElse(Uni.createFrom().item(Optional.of("UNKNOWN_ORDER")));
    }

    private Uni<Void> hear(Books books, Order order, BagRead read) {
        Bag bag = new Bag(read.violetOrderId(), read.bagId());
        if (COMPARE.equals(read.why())) {
            return compare(books, order, bag, read);
        }
        By by = new By("VIOLET, read " + read.instructionId(), null, books.now());
        return facts.atViolet(books, order, bag, read.refunds(), by).replaceWithVoid();
    }

    /** Nothing is booked: it is for a person. */
    private Uni<Void> compare(Books books, Order order, Bag bag, BagRead read) {
        return refunds.allOfOrder(books.session(), order.key())
                .map(ours -> Difference.between(bag, order.currency(), ours, read.refunds()))
                .chain(differences -> bagReads.compared(books.session(), read, differences));
    }

    private Uni<Optional<String>> hear(Books books, Refund refund, PartnerReport report) {
        if (refund == null || !refund.order().key().equals(orderKey(report))) {
            return Uni.createFrom().item(Optional.of(UNKNOWN_PAYOUT));
        }
        By by = new By("partner-connectors", why(report), books.now());
        if (refund.payout(report.instructionId()).isPresent()) {
            return hearOfPayout(books, refund, report, by).replaceWith(TAKEN);
        }
        if (ShippedSuiteConfirmation.KIND.equals(report.kind())
                && refund.confirmationReference().equals(report.instructionId())) {
            books.keep(refund, refund.hearOfConfirmation(report, by));
            return Uni.createFrom().item(TAKEN);
        }
        return Uni.createFrom().item(Optional.of(UNKNOWN_PAYOUT));
    }

    private Uni<Void> hearOfPayout(Books books, Refund refund, PartnerReport report, By by) {
        Accounts accounts = sellers.accounts(report.seller());
        boolean late = refund.isLate(report);
        long counted = refund.payout(report.instructionId()).orElseThrow().countedByHand();
        List<Change> changes = refund.hear(report, accounts, by);
        books.keep(refund, changes);
        if (late && !changes.isEmpty() && report.movedMinor() > counted) {
            List<Portion> lines =
                    refund.payout(report.instructionId()).orElseThrow().lines();
            return facts.late(books, refund, lines, report.movedMinor() - counted, report.partnerRefundId(), by);
        }
        boolean strangers = !changes.isEmpty()
                && Outcome.of(report.outcome()) == Outcome.NOT_SENT
                && report.found() != null
                && !report.found().isEmpty();
        return strangers
                ? bookStrangers(books, refund, report, accounts, by)
                : Uni.createFrom().voidItem();
    }

    /**
     * What stood in the way is booked; then it is tried again with that known, if it is still covered, and was not paid by what
     * stood there.
     */
    private Uni<Void> bookStrangers(Books books, Refund refund, PartnerReport report, Accounts accounts, By by) {
        Bag bag = refund.payout(report.instructionId()).orElseThrow().bag();
        boolean areBooked = Facts.areBookable(refund.order(), report.found());
        return facts.atViolet(books, refund.order(), bag, report.found(), by)
                .invoke(known -> {
                    boolean isCovered = refund.order().totalExcess() == 0 && areBooked;
                    boolean isPaid = report.found().stream().anyMatch(refund::paid);
                    if (isCovered && !isPaid && !known.isEmpty() && refund.allows(Action.RETRY)) {
                        books.keep(refund, refund.retry(report.instructionId(), known, accounts, by));
                    }
                })
                .replaceWithVoid();
    }

    /** The connectors' word for it, and the refunds in the bag that nobody here knew of. */
    private static String why(PartnerReport report) {
        if (report.found() == null || report.found().isEmpty()) {
            return report.detail();
        }
        return report.detail() + " "
                + report.found().stream()
                        .map(PartnerReport.BagRefund::partnerRefundId)
                        .toList();
    }

    private static OrderKey orderKey(Object message) {
        return message instanceof PartnerReport report
                ? new OrderKey(report.seller(), report.orderId())
                : new OrderKey(((BagRead) message).seller(), ((BagRead) message).orderId());
    }
}
