package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.inbox.Inbox;
import dev.refundhub.refunds.inbox.Messages;
import dev.refundhub.refunds.inbox.Received;
import dev.refundhub.refunds.refund.Refunds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What the gateway read from the partners' deliveries. */
@ApplicationScoped
class PartnerEvents {

    private static final String SHIPPED_SUITE = "SHIPPED_SUITE";
    private static final String REFUND = "REFUND";
    private static final String REFUNDID = "REFUNDID";
    private static final Set<String> STAGES =
            Arrays.stream(InstantRefunds.Stage.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final Inbox inbox;
    private final Messages messages;
    private final Refunds refunds;
    private final PartnerNews news;

    PartnerEvents(Inbox inbox, Messages messages, Refunds refunds, PartnerNews news) {
        this.inbox = inbox;
        this.messages = messages;
        this.refunds = refunds;
        this.news = news;
    }

    @Incoming(PartnerClaim.TOPIC)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return inbox.take(records, this::read, this::take);
    }

    private Object read(String type, byte[] value) {
        return InstantRefund.TYPE.equals(type) ? instantRefund(type, value) : claim(type, value);
    }

    private PartnerClaim claim(String type, byte[] value) {
        PartnerClaim claim = messages.read(type, PartnerClaim.TYPE, value, PartnerClaim.class);
        if (!SHIPPED_SUITE.equals(claim.partner()) || !REFUND.equals(claim.kind())) {
            throw new Refused("UNKNOWN_KIND " + claim.partner() + " " + claim.kind());
        }
        boolean whole = Text.isSeller(claim.seller())
                && Text.isId(claim.source())
                && Text.isId(claim.caseRef())
                && Text.isShortOrNull(claim.deliveryId())
                && Text.isShortOrNull(claim.reason())
                && claim.order() != null
                && Text.isId(claim.order().id())
                && claim.items() != null
                && !claim.items().isEmpty()
                && areWhole(claim.items());
        if (!whole) {
            throw new Refused("INCOMPLETE");
        }
        return claim;
    }

    private InstantRefund instantRefund(String type, byte[] value) {
        InstantRefund told = messages.read(type, InstantRefund.TYPE, value, InstantRefund.class);
        if (!REFUNDID.equals(told.partner()) || !STAGES.contains(told.stage())) {
            throw new Refused("UNKNOWN_KIND " + told.partner() + " " + told.stage());
        }
        boolean whole = Text.isSeller(told.seller())
                && Text.isId(told.source())
                && Text.isId(told.caseRef())
                && Text.isShortOrNull(told.deliveryId())
                && Text.isShortOrNull(told.reason())
                && Text.isShortOrNull(told.currency())
                && told.order() != null
                && Text.isId(told.order().id())
                && (told.amountMinor() == null || told.amountMinor() > 0)
                && told.items() != null
                && areWhole(told.items());
        if (!whole) {
            throw new Refused("INCOMPLETE");
        }
        return told;
    }

    private static boolean areWhole(List<PartnerClaim.Item> items) {
        return items.stream().allMatch(i -> i != null && Text.isId(i.lineId()) && i.quantity() > 0);
    }

    private Uni<Void> take(List<Received<Object>> received) {
        List<PartnerNews.Told> told = received.stream()
                .map(r -> new PartnerNews.Told(r.eventId(), r.message()))
                .toList();
        return refunds.change(told.stream().map(PartnerNews.Told::orderKey).toList(), books -> news.take(books, told));
    }
}
