package dev.refundhub.gateway.refundid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;

/**
 * The names in Refundid's questions and bodies, nearly all of them inferred (partner facts: refundid.md, 4 and 8): the one place to change
 * when Refundid says otherwise. In what comes in, each may also be written in camelCase.
 */
enum RefundidNames {
    REFUNDID_ID("refundid_id"),
    STATUS("status"),
    MERCHANT_ORDER_REF("merchant_order_ref"),
    ORDER_NUMBER("order_number"),
    LINE_ITEMS("line_items"),
    LINE_ITEM_REF("line_item_ref"),
    QUANTITY("quantity"),
    RETURN_REASON("return_reason"),
    AMOUNT("amount"),
    VALUE("value"),
    CURRENCY("currency"),
    CURRENCY_CODE("currency_code"),
    KEY("key"),
    EMAIL("email"),
    MERCHANT_RMA_REF("merchant_rma_ref"),
    PURCHASED_AT("purchased_at"),
    FULFILLED_AT("fulfilled_at"),
    PAYMENT_METHOD("payment_method"),
    IS_GIFTCARD_USED("is_giftcard_used"),
    DELIVERY_INFO("delivery_info"),
    TITLE("title"),
    VARIANT("variant"),
    PRICE("price"),
    TAX_DETAIL("tax_detail"),
    RETURNABLE_QUANTITY("returnable_quantity"),
    DISCOUNT("discount"),
    IMAGE_URL("image_url"),
    WEIGHT_IN_KILOGRAMS("weight_in_kilograms"),
    PRODUCT_REF("product_ref"),
    VARIANT_REF("variant_ref"),
    SKU("sku"),
    CATEGORIES("categories"),
    NON_RETURNABLE_REASONS("non_returnable_reasons"),
    CREATED_AT("created_at"),
    CHILD_RETURN_REASON("child_return_reason"),
    ADJUSTMENTS("adjustments"),
    ADJUSTMENT("adjustment"),
    DESCRIPTION("description"),
    COMPENSATION_METHOD("compensation_method"),
    RETURN_SHIPPING("return_shipping"),
    DEDUCTIONS("deductions");

    private final String snake;
    private final String camel;

    RefundidNames(String snake) {
        this.snake = snake;
        this.camel = camel(snake);
    }

    /** Its value there; missing if neither spelling is. */
    JsonNode in(JsonNode object) {
        return object.has(snake) ? object.path(snake) : object.path(camel);
    }

    /** The value of the parameter of this name, or null; an empty one is none. */
    String of(UnaryOperator<String> parameters) {
        String value = parameters.apply(snake) == null ? parameters.apply(camel) : parameters.apply(snake);
        return value == null || value.isEmpty() ? null : value;
    }

    /** As it goes out. */
    String word() {
        return snake;
    }

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }
}
