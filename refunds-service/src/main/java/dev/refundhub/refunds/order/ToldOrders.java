package dev.refundhub.refunds.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Checks an order before it is taken: what does not hold together would never be paid right. */
@ApplicationScoped
public class ToldOrders {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_FACTS = 1_000;
    private static final int MOST_UNITS = 1_000_000;

    private static final Instant THE_YEAR_10000 = Instant.parse("9999-12-31T00:00:00Z");

    /** In major units of two decimals, ten thousand million. The sum of an order's lines stays exact. */
    private static final long LARGEST_AMOUNT = 1_000_000_000_000L;

    private final ObjectMapper sorted;

    ToldOrders(ObjectMapper json) {
        this.sorted = json.copy()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);
    }

    /**
     * An order from its merchant: its version is 1 or more.
     *
     * @throws BadOrder with everything that is wrong with it
     */
    public ToldOrder fromMerchant(MerchantOrder order) {
        return check(order, order.version() >= 1);
    }

    /**
     * An order from a partner: its version is 0.
     *
     * @throws BadOrder with everything that is wrong with it
     */
    public ToldOrder fromPartner(MerchantOrder order) {
        return check(order, order.version() == 0);
    }

    private ToldOrder check(MerchantOrder order, boolean goodVersion) {
        List<String> violations = violations(order);
        require(goodVersion, "version", violations);
        if (!violations.isEmpty()) {
            throw new BadOrder(violations);
        }
        return new ToldOrder(order, digest(order));
    }

    private static List<String> violations(MerchantOrder order) {
        List<String> wrong = new ArrayList<>();
        require(Text.isSeller(order.seller()), "seller", wrong);
        id(order.orderId(), "orderId", wrong);
        require(Text.isShortOrNull(order.number()), "number", wrong);
        boolean subject =
                order.customer() == null || Text.isShortOrNull(order.customer().subject());
        require(subject, "customer.subject", wrong);
        require(order.placedAt() == null || isInOurTime(order.placedAt()), "placedAt", wrong);
        require(Money.isCurrency(order.currency()), "currency", wrong);
        require(Text.isWithoutNul(order.payment()), "payment", wrong);
        amount(order.paidMinor(), "paidMinor", wrong);
        amount(order.discountMinor(), "discountMinor", wrong);
        if (order.lines() == null || order.shipping() == null || order.refundedElsewhere() == null) {
            wrong.add("lines, shipping, refundedElsewhere: must be lists");
            return wrong;
        }
        require(order.lines().size() + order.shipping().size() <= MOST_LINES, "lines", wrong);
        Set<String> seen = new HashSet<>();
        order.lines().forEach(line -> line(line, seen, wrong));
        order.shipping().forEach(shipping -> shipping(shipping, seen, wrong));
        require(order.refundedElsewhere().size() <= MOST_FACTS, "refundedElsewhere", wrong);
        order.refundedElsewhere().forEach(refunded -> refundedElsewhere(refunded, seen, wrong));
        return wrong;
    }

    private static void line(MerchantOrder.Line line, Set<String> seen, List<String> wrong) {
        if (line == null) {
            wrong.add("lines: must not hold null");
            return;
        }
        String path = "lines[" + line.lineId() + "]";
        id(line.lineId(), path + ".lineId", wrong);
        require(seen.add(line.lineId()), path + ".lineId: is there twice", wrong);
        require(line.quantity() >= 1 && line.quantity() <= MOST_UNITS, path + ".quantity", wrong);
        require(Text.isShortOrNull(line.sku()), path + ".sku", wrong);
        amount(line.unitPriceMinor(), path + ".unitPriceMinor", wrong);
        boolean fits = line.unitPriceMinor() <= LARGEST_AMOUNT / Math.max(line.quantity(), 1);
        require(fits, path + ": quantity × unitPriceMinor is too large", wrong);
        amount(line.discountMinor(), path + ".discountMinor", wrong);
        amount(line.taxMinor(), path + ".taxMinor", wrong);
        MerchantOrder.Violet violet = line.violet();
        require(Text.isWithoutNul(line.product()), path + ".product", wrong);
        boolean ids = violet == null || (violet.orderId() > 0 && violet.bagId() > 0 && violet.orderSkuId() > 0);
        require(ids, path + ".violet", wrong);
    }

    private static void shipping(MerchantOrder.Shipping shipping, Set<String> seen, List<String> wrong) {
        if (shipping == null) {
            wrong.add("shipping: must not hold null");
            return;
        }
        String path = "shipping[" + shipping.lineId() + "]";
        id(shipping.lineId(), path + ".lineId", wrong);
        require(seen.add(shipping.lineId()), path + ".lineId: is there twice", wrong);
        amount(shipping.amountMinor(), path + ".amountMinor", wrong);
        amount(shipping.taxMinor(), path + ".taxMinor", wrong);
        MerchantOrder.VioletBag violet = shipping.violet();
        require(violet == null || (violet.orderId() > 0 && violet.bagId() > 0), path + ".violet", wrong);
    }

    private static boolean isInOurTime(Instant at) {
        return !at.isBefore(Instant.EPOCH) && at.isBefore(THE_YEAR_10000);
    }

    /** Every cent lies on a line: where lines are said, they add up. They may have left the order since. */
    private static void refundedElsewhere(
            MerchantOrder.RefundedElsewhere refunded, Set<String> lines, List<String> wrong) {
        if (refunded == null || refunded.lines() == null) {
            wrong.add("refundedElsewhere: neither it nor its lines must be null");
            return;
        }
        String path = "refundedElsewhere[" + refunded.ref() + "]";
        id(refunded.ref(), path + ".ref", wrong);
        amount(refunded.amountMinor(), path + ".amountMinor", wrong);
        require(!lines.isEmpty(), path + ": the order has no lines", wrong);
        long sum = 0;
        for (MerchantOrder.RefundedLine line : refunded.lines()) {
            boolean good = line != null
                    && Text.isId(line.lineId())
                    && line.quantity() >= 0
                    && line.quantity() <= MOST_UNITS
                    && line.amountMinor() >= 0
                    && line.amountMinor() <= LARGEST_AMOUNT;
            require(good, path + ".lines", wrong);
            sum += good ? line.amountMinor() : 0;
        }
        require(refunded.lines().isEmpty() || sum == refunded.amountMinor(), path + ".lines: must add up", wrong);
    }

    private static void id(String id, String path, List<String> wrong) {
        require(Text.isId(id), path, wrong);
    }

    private static void amount(long minor, String path, List<String> wrong) {
        require(minor >= 0 && minor <= LARGEST_AMOUNT, path, wrong);
    }

    private static void require(boolean holds, String path, List<String> wrong) {
        if (!holds) {
            wrong.add(path);
        }
    }

    /** What is empty is left out: a field that orders get one day changes no digest of today. */
    private String digest(MerchantOrder order) {
        try {
            byte[] json = sorted.writeValueAsBytes(order);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
