package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.messages.SaleHint;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.inbox.Messages;
import dev.refundhub.refunds.refund.Goods;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what the gateway tells: whole, within limits, and of a kind that is known, or not at all. */
@ApplicationScoped
class Understanding {

    private static final String SHIPPED_SUITE = "SHIPPED_SUITE";
    private static final String REFUNDID = "REFUNDID";
    private static final String OPTORO = "OPTORO";
    private static final Set<String> STAGES = names(InstantRefunds.Stage.values());
    private static final Set<String> CLAIMS = names(Claims.Kind.values());
    private static final Set<String> RETURNED = Set.of("REFUND", "EXCHANGE", "CREDIT", "UNKNOWN");
    private static final Set<String> GOODS = names(Goods.values());

    private final Messages messages;

    Understanding(Messages messages) {
        this.messages = messages;
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A message of one of the types of {@code partner-events}.
     *
     * @throws Refused if it is of another type, incomplete, or beyond a limit
     */
    Object read(String type, byte[] value) {
        return switch (String.valueOf(type)) {
            case InstantRefund.TYPE -> instantRefund(messages.read(type, type, value, InstantRefund.class));
            case PartnerReturn.TYPE -> partnerReturn(messages.read(type, type, value, PartnerReturn.class));
            case SaleHint.TYPE -> saleHint(messages.read(type, type, value, SaleHint.class));
            default -> claim(messages.read(type, PartnerClaim.TYPE, value, PartnerClaim.class));
        };
    }

    private static PartnerClaim claim(PartnerClaim claim) {
        known(SHIPPED_SUITE.equals(claim.partner()) && CLAIMS.contains(claim.kind()), claim.partner(), claim.kind());
        whole(isAddressed(claim.seller(), claim.source(), claim.caseRef(), claim.deliveryId())
                && Text.isWordsOrNull(claim.reason())
                && claim.order() != null
                && Text.isId(claim.order().id())
                && claim.items() != null
                && !claim.items().isEmpty()
                && areWhole(claim.items()));
        return claim;
    }

    private static InstantRefund instantRefund(InstantRefund told) {
        known(REFUNDID.equals(told.partner()) && STAGES.contains(told.stage()), told.partner(), told.stage());
        whole(isAddressed(told.seller(), told.source(), told.caseRef(), told.deliveryId())
                && Text.isWordsOrNull(told.reason())
                && Text.isShortOrNull(told.currency())
                && told.order() != null
                && namesAnOrder(told.order().id(), told.order().number())
                && (told.amountMinor() == null || told.amountMinor() > 0)
                && told.items() != null
                && areWhole(told.items()));
        return told;
    }

    private static PartnerReturn partnerReturn(PartnerReturn told) {
        known(OPTORO.equals(told.partner()), told.partner(), told.status());
        whole(isAddressed(told.seller(), told.source(), told.caseRef(), told.deliveryId())
                && Text.isId(told.status())
                && told.updatedAt() != null
                && Text.isId(told.bodySha256())
                && Text.isShortOrNull(told.returnMethod())
                && told.items() != null
                && !told.items().isEmpty()
                && told.items().stream().allMatch(Understanding::isWhole));
        return told;
    }

    private static boolean isWhole(PartnerReturn.Item item) {
        return item != null
                && namesAnOrder(item.orderId(), item.orderNumber())
                && Text.isId(item.lineId())
                && RETURNED.contains(String.valueOf(item.kind()))
                && GOODS.contains(String.valueOf(item.goods()))
                && (item.amountMinor() == null || item.amountMinor() >= 0)
                && Text.isWordsOrNull(item.reason())
                && Text.isShortOrNull(item.trackingId());
    }

    private static SaleHint saleHint(SaleHint told) {
        whole(Text.isId(told.account()) && Text.isShortOrNull(told.topic()) && told.violetOrderId() > 0);
        return told;
    }

    private static boolean isAddressed(String seller, String source, String caseRef, String deliveryId) {
        return Text.isSeller(seller) && Text.isId(source) && Text.isId(caseRef) && Text.isShortOrNull(deliveryId);
    }

    private static boolean namesAnOrder(String id, String number) {
        return (Text.isId(id) || id == null) && (Text.isId(number) || number == null) && (id != null || number != null);
    }

    private static boolean areWhole(List<PartnerClaim.Item> items) {
        return items.stream().allMatch(i -> i != null && Text.isId(i.lineId()) && i.quantity() > 0);
    }

    private static void known(boolean isKnown, String partner, String word) {
        if (!isKnown) {
            throw new Refused("UNKNOWN_KIND " + partner + " " + word);
        }
    }

    private static void whole(boolean isWhole) {
        if (!isWhole) {
            throw new Refused("INCOMPLETE");
        }
    }
}
