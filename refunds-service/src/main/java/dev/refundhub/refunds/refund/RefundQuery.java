package dev.refundhub.refunds.refund;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of refunds, narrowed step by step; newest first. */
final class RefundQuery {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    /** Keeps those where the attribute has this value; null keeps all. */
    RefundQuery where(String attribute, String name, Object value) {
        return and("r." + attribute + " = :" + name, name, value);
    }

    /** A cancelled refund is not valid; null keeps all. */
    RefundQuery valid(Boolean valid) {
        String operator = Boolean.TRUE.equals(valid) ? "<>" : "=";
        return and("r.status " + operator + " :cancelled", "cancelled", valid == null ? null : RefundStatus.CANCELLED);
    }

    RefundQuery before(Long id) {
        return and("r.id < :before", "before", id);
    }

    /** Quotes inside a hold's detail are escaped, so only a code can look like this. */
    RefundQuery held(Hold code) {
        return and("r.holdsText like :hold", "hold", code == null ? null : likeHold(code));
    }

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

    String text() {
        return "from Refund r join fetch r.order" + conditionsText() + " order by r.id desc";
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
