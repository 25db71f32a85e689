package dev.refundhub.connectors.shippedsuite;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refundhub.connectors.exchange.PartnerHttp;
import dev.refundhub.connectors.exchange.PartnerRequest;
import dev.refundhub.connectors.exchange.SendBy;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;

/** One confirmation. Nothing needs to be read before it: Shipped Suite takes it any number of times. */
final class ShippedSuiteErrand implements Errand {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final ShippedSuiteConfirmation confirmation;
    private final ShippedSuiteAccount account;
    private final PartnerHttp http;

    ShippedSuiteErrand(ShippedSuiteConfirmation confirmation, ShippedSuiteAccount account, PartnerHttp http) {
        this.confirmation = confirmation;
        this.account = account;
        this.http = http;
    }

    /** The amounts are numbers with exactly the currency's decimals. */
    private record RefundConfirmation(
            String externalId, BigDecimal amount, BigDecimal displayAmount, String currency) {}

    @Override
    public Uni<Reading> read(String knownAs) {
        return Uni.createFrom().item(Reading.nothing());
    }

    @Override
    public long amountMinor() {
        return confirmation.amountMinor();
    }

    @Override
    public String body() {
        try {
            return JSON.writeValueAsString(new RefundConfirmation(
                    confirmation.externalId(),
                    major(confirmation.amountMinor()),
                    major(confirmation.displayAmountMinor()),
                    confirmation.currency()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a confirmation that cannot be written", impossible);
        }
    }

    @Override
    public Uni<Answer> send(String body, SendBy sendBy) {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + account.secretKey());
        String path = "/v1/refunds/" + confirmation.requestId();
        return http.exchange(new PartnerRequest(HttpMethod.PATCH, path, headers, body), sendBy)
                .map(ended -> ShippedSuiteOutcome.of(confirmation, ended));
    }

    private BigDecimal major(long minor) {
        int decimals = Currency.getInstance(confirmation.currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(minor, decimals);
    }
}
