package dev.refundhub.refunds.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.refundhub.messages.MerchantOrder;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks an order before it is taken: what does not hold together would never be paid right. */
@ApplicationScoped
public class ToldOrders {

    private static final Pattern SELLER = Pattern.compile("[a-z0-9-]{1,40}");

    private static final int LONGEST_ID = 200;
    private static final int MOST_LINES = 1_000;
    private static final int MOST_UNITS = 1_000_000;

    /** Sums of such amounts stay exact: in major units of two decimals, ten thousand million. */
    private static final long LARGEST_AMOUNT = 1_000_000_000_000L;

    private final ObjectMapper sorted;

    ToldOrders(ObjectMapper json) {
        this.sorted = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
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
        require(order.seller() != null && SELLER.matcher(order.seller()).matches(), "seller", wrong);
        id(order.orderId(), "orderId", wrong);
        require(order.number() == null || isText(order.number()), "number", wrong);
        require(Money.isCurrency(order.currency()), "currency", wrong);
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
        amount(line.unitPriceMinor(), path + ".unitPriceMinor", wrong);
        amount(line.discountMinor(), path + ".discountMinor", wrong);
        amount(line.taxMinor(), path + ".taxMinor", wrong);
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
    }

    private static void id(String id, String path, List<String> wrong) {
        require(id != null && !id.isBlank() && isText(id), path, wrong);
    }

    /** PostgreSQL keeps no NUL in text. */
    private static boolean isText(String text) {
        return text.length() <= LONGEST_ID && text.indexOf('\0') < 0;
    }

    private static void amount(long minor, String path, List<String> wrong) {
        require(minor >= 0 && minor <= LARGEST_AMOUNT, path, wrong);
    }

    private static void require(boolean holds, String path, List<String> wrong) {
        if (!holds) {
            wrong.add(path);
        }
    }

    private String digest(MerchantOrder order) {
        try {
            byte[] json = sorted.writeValueAsBytes(order);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
