package dev.refundhub.refunds.refund;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of refunds, narrowed step by step; newest first. */
final class RefundQuery {

    private static final String CUSTOMER = "order.customerSubject";

    /** What the database keeps in a refund's row so that it is found: its order's customer, the codes of its holds. */
    private static final String CUSTOMER_COLUMN = "column(r.customer_subject as String)";

    private static final String HOLDS_COLUMN = "column(r.hold_codes as String)";

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    /** Keeps those where the attribute has this value; null keeps all. */
    RefundQuery where(String attribute, String name, Object value) {
        String path = CUSTOMER.equals(attribute) ? CUSTOMER_COLUMN : "r." + attribute;
        return and(path + " = :" + name, name, value);
    }

    /** A cancelled refund is not valid. */
    RefundQuery valid(boolean valid) {
        return and("r.status " + (valid ? "<>" : "=") + " :cancelled", "cancelled", RefundStatus.CANCELLED);
    }

    RefundQuery before(Long id) {
        return and("r.id < :before", "before", id);
    }

    RefundQuery held(Hold code) {
        return and(HOLDS_COLUMN + " like :hold", "hold", code == null ? null : "% " + code + " %");
    }

    /** Nothing is both. */
    RefundQuery nothing() {
        conditions.add("1 = 0");
        return this;
    }

    /** For the text of holds. Quotes inside a hold's detail are escaped, so only a code can look like this. */
    static String likeHold(Hold code) {
        return "%\"code\":\"" + code + "\"%";
    }

    private RefundQuery and(String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
        return this;
    }

    /**
     * A part of it, with orders and payouts; takes {@code from} and {@code most} besides the parameters. It is found by ids
     * alone, which an index holds, so that what comes before a deep page costs little.
     */
    String text() {
        return "from Refund shown join fetch shown.order left join fetch shown.payouts where shown.id in (select r.id"
                + " from Refund r" + conditionsText()
                + " order by r.id desc offset :from rows fetch first :most rows only)"
                + " order by shown.id desc";
    }

    String orderText() {
        return "select r.order.key from Refund r" + conditionsText();
    }

    private String conditionsText() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
