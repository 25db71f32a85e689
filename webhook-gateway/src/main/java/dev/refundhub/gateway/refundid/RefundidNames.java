package dev.refundhub.gateway.refundid;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The names in Refundid's bodies, nearly all of them inferred (partner facts: refundid.md, 4 and 8): the one place to change
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
    CURRENCY_CODE("currency_code");

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

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }
}
