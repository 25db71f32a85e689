package dev.refundhub.gateway.refundid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.gateway.Question;
import dev.refundhub.gateway.Question.Incomplete;
import dev.refundhub.gateway.Question.OrderWanted;
import dev.refundhub.gateway.Question.ReturnWanted;
import dev.refundhub.gateway.Shown;
import dev.refundhub.gateway.Shown.Adjustment;
import dev.refundhub.gateway.Shown.Item;
import dev.refundhub.gateway.Shown.Line;
import dev.refundhub.gateway.Shown.ShownOrder;
import dev.refundhub.gateway.Shown.ShownReturn;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Refundid asks for an order or a return while a shopper waits (partner facts: refundid.md, 2, 4 and 8): its questions, and the
 * answers as its RapiOrder and RapiReturn. What the merchant tells of a product or a payment under Refundid's own names is
 * handed on.
 */
public final class RefundidFetch {

    private static final String ORDER = "order";
    private static final String RETURN = "refund";

    /** The words that Refundid puts after the merchant's address. */
    public static final Set<String> QUESTIONS = Set.of(ORDER, RETURN);

    private RefundidFetch() {}

    /**
     * What is wanted.
     *
     * @param word one of {@link #QUESTIONS}
     * @param parameters by name; null where there is none of that name
     */
    public static Question read(String word, UnaryOperator<String> parameters) {
        String key = RefundidNames.KEY.of(parameters);
        String returnRef = RefundidNames.MERCHANT_RMA_REF.of(parameters);
        if (word.equals(RETURN)) {
            return returnRef == null || key == null ? new Incomplete() : new ReturnWanted(returnRef, key);
        }
        String number = RefundidNames.ORDER_NUMBER.of(parameters);
        String ref = RefundidNames.MERCHANT_ORDER_REF.of(parameters);
        String email = RefundidNames.EMAIL.of(parameters);
        String opened = key == null ? null : returnRef;
        boolean isNamed = number != null || ref != null || opened != null;
        boolean hasRight = email != null || key != null;
        return isNamed && hasRight ? new OrderWanted(number, ref, opened, email, key) : new Incomplete();
    }

    /** The answer, as names and values of JSON. */
    public static Map<String, Object> answer(Question question, Shown shown) {
        return shown instanceof ShownReturn back
                ? rapiReturn(back)
                : rapiOrder((ShownOrder) shown, ((OrderWanted) question).email());
    }

    /** We keep no e-mail address: it is the one that Refundid told and that was found to be right, if it told one. */
    private static Map<String, Object> rapiOrder(ShownOrder order, String email) {
        Map<String, Object> rapi = new LinkedHashMap<>();
        put(rapi, RefundidNames.MERCHANT_ORDER_REF, order.id());
        put(rapi, RefundidNames.ORDER_NUMBER, order.number() == null ? order.id() : order.number());
        put(rapi, RefundidNames.EMAIL, email);
        put(
                rapi,
                RefundidNames.PURCHASED_AT,
                order.placedAt() == null ? null : order.placedAt().toString());
        handOn(rapi, RefundidNames.FULFILLED_AT, order.payment(), null);
        handOn(rapi, RefundidNames.PAYMENT_METHOD, order.payment(), "unknown");
        handOn(rapi, RefundidNames.IS_GIFTCARD_USED, order.payment(), false);
        handOn(rapi, RefundidNames.DELIVERY_INFO, order.payment(), null);
        put(
                rapi,
                RefundidNames.LINE_ITEMS,
                order.lines().stream()
                        .map(line -> rapiOrderLineItem(line, order.currency()))
                        .toList());
        return rapi;
    }

    /** How tax is told is not documented: here as an amount for all units, on top of the price. */
    private static Map<String, Object> rapiOrderLineItem(Line line, String currency) {
        JsonNode product = line.product();
        String sku = line.sku() == null ? line.lineId() : line.sku();
        Map<String, Object> rapi = new LinkedHashMap<>();
        put(rapi, RefundidNames.LINE_ITEM_REF, line.lineId());
        handOn(rapi, RefundidNames.TITLE, product, sku);
        handOn(rapi, RefundidNames.VARIANT, product, null);
        put(rapi, RefundidNames.PRICE, rapiAmount(line.unitPrice(), currency));
        put(rapi, RefundidNames.TAX_DETAIL, line.tax().signum() == 0 ? null : rapiAmount(line.tax(), currency));
        put(rapi, RefundidNames.QUANTITY, line.quantity());
        put(rapi, RefundidNames.RETURNABLE_QUANTITY, mayComeBack(product) ? line.unitsLeft() : 0);
        put(rapi, RefundidNames.DISCOUNT, line.discount().signum() == 0 ? null : rapiAmount(line.discount(), currency));
        handOn(rapi, RefundidNames.IMAGE_URL, product, "");
        handOn(rapi, RefundidNames.WEIGHT_IN_KILOGRAMS, product, 0);
        handOn(rapi, RefundidNames.PRODUCT_REF, product, sku);
        handOn(rapi, RefundidNames.VARIANT_REF, product, null);
        put(rapi, RefundidNames.SKU, line.sku());
        handOn(rapi, RefundidNames.CATEGORIES, product, List.of());
        handOn(rapi, RefundidNames.NON_RETURNABLE_REASONS, product, List.of());
        return rapi;
    }

    private static boolean mayComeBack(JsonNode product) {
        return product == null
                || RefundidNames.NON_RETURNABLE_REASONS.in(product).isEmpty();
    }

    private static Map<String, Object> rapiReturn(ShownReturn back) {
        Map<String, Object> rapi = new LinkedHashMap<>();
        put(rapi, RefundidNames.MERCHANT_RMA_REF, back.ref());
        put(rapi, RefundidNames.CREATED_AT, back.createdAt().toString());
        put(
                rapi,
                RefundidNames.LINE_ITEMS,
                back.items().stream()
                        .map(item -> rapiReturnLineItem(item, back.currency()))
                        .toList());
        if (back.shippingDeduction() != null) {
            Map<String, Object> shipping = new LinkedHashMap<>();
            put(shipping, RefundidNames.DEDUCTIONS, rapiAmount(back.shippingDeduction(), back.currency()));
            put(rapi, RefundidNames.RETURN_SHIPPING, shipping);
        }
        return rapi;
    }

    private static Map<String, Object> rapiReturnLineItem(Item item, String currency) {
        Map<String, Object> rapi = new LinkedHashMap<>();
        put(rapi, RefundidNames.MERCHANT_ORDER_REF, item.orderId());
        put(rapi, RefundidNames.LINE_ITEM_REF, item.lineId());
        put(rapi, RefundidNames.PRICE, rapiAmount(item.price(), currency));
        put(rapi, RefundidNames.QUANTITY, item.quantity());
        put(rapi, RefundidNames.RETURN_REASON, item.reason());
        put(rapi, RefundidNames.CHILD_RETURN_REASON, item.childReason());
        put(
                rapi,
                RefundidNames.ADJUSTMENTS,
                item.adjustments().stream()
                        .map(each -> rapiReturnAdjustment(each, currency))
                        .toList());
        put(rapi, RefundidNames.COMPENSATION_METHOD, item.compensation());
        return rapi;
    }

    private static Map<String, Object> rapiReturnAdjustment(Adjustment adjustment, String currency) {
        Map<String, Object> rapi = new LinkedHashMap<>();
        put(rapi, RefundidNames.ADJUSTMENT, rapiAmount(adjustment.amount(), currency));
        put(rapi, RefundidNames.DESCRIPTION, adjustment.description());
        return rapi;
    }

    /** Its parts are not documented: an amount as text, and its currency. */
    private static Map<String, Object> rapiAmount(BigDecimal amount, String currency) {
        Map<String, Object> rapi = new LinkedHashMap<>();
        put(rapi, RefundidNames.AMOUNT, amount.toPlainString());
        put(rapi, RefundidNames.CURRENCY, currency);
        return rapi;
    }

    /** What the merchant told under this name, else something else. */
    private static void handOn(Map<String, Object> rapi, RefundidNames name, JsonNode merchants, Object otherwise) {
        JsonNode told = merchants == null ? null : name.in(merchants);
        put(rapi, name, told == null || told.isMissingNode() || told.isNull() ? otherwise : told);
    }

    private static void put(Map<String, Object> rapi, RefundidNames name, Object value) {
        if (value != null) {
            rapi.put(name.word(), value);
        }
    }
}
