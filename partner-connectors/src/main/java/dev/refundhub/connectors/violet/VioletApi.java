package dev.refundhub.connectors.violet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** Violet's bodies: of what it answers only what we read, of what we ask every field. */
final class VioletApi {

    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private VioletApi() {}

    static String refunds(long orderId, long bagId) {
        return "/orders/" + orderId + "/bags/" + bagId + "/refunds";
    }

    /** Who we are. It prints as its user name. */
    record Login(String username, String password) {

        @Override
        public String toString() {
            return username;
        }
    }

    /**
     * What logging in answers. It prints nothing of it.
     *
     * @param refreshToken null where only the token was renewed
     */
    record Tokens(String token, String refreshToken) {

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /** An omitted field means "everything" to Violet: none may be. Without units the list is left out. */
    record RefundBagRequest(
            long amountRefunded,
            String reason,
            boolean restockItems,
            boolean notifyCustomer,
            RequestedShipping shipping,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RequestedSku> skus) {}

    record RequestedShipping(long amount) {}

    record RequestedSku(long orderSkuId, int quantityRefunded, long amountRefunded) {}

    /** A refund; everything but id and status may be missing. */
    record Refund(
            Long id,
            Long orderId,
            Long bagId,
            Long amount,
            String refundCurrency,
            String status,
            String reason,
            List<RefundedSku> skus,
            RefundedShipping shipping,
            List<RefundError> errors) {}

    record RefundedSku(Long orderSkuId, Integer quantityRefunded) {}

    record RefundedShipping(Long amount) {}

    record RefundError(Integer errorCode) {}

    /** The shape of a refusal. */
    record Refusal(String error, Integer code) {}
}
