package dev.refundhub.refunds.claim;

import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.inbox.Inbox;
import dev.refundhub.refunds.inbox.Messages;
import dev.refundhub.refunds.inbox.Received;
import dev.refundhub.refunds.refund.Refunds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What the gateway read from the partners' deliveries. */
@ApplicationScoped
class PartnerEvents {

    private static final String SHIPPED_SUITE = "SHIPPED_SUITE";
    private static final String REFUND = "REFUND";

    private final Inbox inbox;
    private final Messages messages;
    private final Refunds refunds;
    private final Claims claims;

    PartnerEvents(Inbox inbox, Messages messages, Refunds refunds, Claims claims) {
        this.inbox = inbox;
        this.messages = messages;
        this.refunds = refunds;
        this.claims = claims;
    }

    @Incoming(PartnerClaim.TOPIC)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return inbox.take(records, this::read, this::take);
    }

    private PartnerClaim read(String type, byte[] value) {
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
                && claim.items().stream().allMatch(i -> i != null && Text.isId(i.lineId()) && i.quantity() > 0);
        if (!whole) {
            throw new Refused("INCOMPLETE");
        }
        return claim;
    }

    private Uni<Void> take(List<Received<PartnerClaim>> received) {
        List<Claims.Told> told = received.stream()
                .map(r -> new Claims.Told(r.eventId(), r.message()))
                .toList();
        return refunds.change(told.stream().map(Claims.Told::orderKey).toList(), books -> claims.take(books, told));
    }
}
