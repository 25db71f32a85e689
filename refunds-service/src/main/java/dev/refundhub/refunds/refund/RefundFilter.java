package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.web.Paging;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** What a list of refunds is narrowed by; null narrows nothing. */
class RefundFilter extends Paging {

    @RestQuery
    String orderId;

    @RestQuery
    String status;

    @RestQuery
    String valid;

    @RestQuery
    String source;

    @RestQuery
    String sourceRef;

    @RestQuery
    String hold;

    @RestQuery
    String before;

    @RestQuery
    String seller;

    List<String> violations() {
        List<String> wrong = pageViolations();
        if (status != null && status() == null) {
            wrong.add("status: must be one of " + Arrays.toString(RefundStatus.values()));
        }
        if (hold != null && !names(Hold.values(), hold)) {
            wrong.add("hold: must be one of " + Arrays.toString(Hold.values()));
        }
        if (valid != null && !List.of("true", "false").contains(valid)) {
            wrong.add("valid: must be true or false");
        }
        if (before != null && !isInteger(before, 0, Long.MAX_VALUE)) {
            wrong.add("before: must be a refund's id");
        }
        for (String text : Arrays.asList(orderId, source, sourceRef, seller)) {
            if (text != null && text.indexOf('\0') >= 0) {
                wrong.add("orderId, source, sourceRef, seller: must not hold the character U+0000");
            }
        }
        return wrong;
    }

    /** PENDING is the old word for REQUESTED. */
    private RefundStatus status() {
        String word = "PENDING".equals(status) ? RefundStatus.REQUESTED.name() : status;
        return names(RefundStatus.values(), word) ? RefundStatus.valueOf(word) : null;
    }

    RefundQuery narrow(RefundQuery query) {
        return narrowByValid(query.where("order.key.seller", "seller", seller)
                .where("order.key.orderId", "order", orderId)
                .where("status", "status", status())
                .where("wish.sourceKind", "source", source)
                .where("wish.sourceRef", "ref", sourceRef)
                .held(hold == null ? null : Hold.valueOf(hold))
                .before(before == null ? null : Long.valueOf(before)));
    }

    /** A status says already whether it is valid. */
    private RefundQuery narrowByValid(RefundQuery query) {
        if (valid == null) {
            return query;
        }
        boolean wanted = Boolean.parseBoolean(valid);
        if (status == null) {
            return query.valid(wanted);
        }
        return wanted == (status() != RefundStatus.CANCELLED) ? query : query.nothing();
    }

    private static boolean names(Enum<?>[] values, String word) {
        return Arrays.stream(values).anyMatch(v -> v.name().equals(word));
    }
}
