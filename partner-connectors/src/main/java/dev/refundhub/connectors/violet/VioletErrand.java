package dev.refundhub.connectors.violet;

import static dev.refundhub.connectors.partner.Outcome.NOT_SENT;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.refundhub.connectors.exchange.PartnerHttp;
import dev.refundhub.connectors.exchange.PartnerRequest;
import dev.refundhub.connectors.exchange.SendBy;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.connectors.violet.VioletApi.RefundBagRequest;
import dev.refundhub.connectors.violet.VioletApi.RequestedShipping;
import dev.refundhub.connectors.violet.VioletApi.RequestedSku;
import dev.refundhub.messages.VioletPayment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/** One payment: reads the bag's refunds, and asks for one. */
final class VioletErrand implements Errand {

    private final VioletPayment payment;
    private final VioletLogin login;
    private final PartnerHttp http;

    VioletErrand(VioletPayment payment, VioletLogin login, PartnerHttp http) {
        this.payment = payment;
        this.login = login;
        this.http = http;
    }

    @Override
    public Uni<Reading> read(String knownAs) {
        return VioletBag.list(payment.violetOrderId(), payment.bagId(), login, http)
                .map(ended -> VioletReading.of(payment, knownAs, ended));
    }

    /** Nothing is waited for here, not even a login: what is sent late could be sent twice. */
    @Override
    public Uni<Answer> send(String body, SendBy sendBy) {
        return login.presentHeaders()
                .map(headers -> post(headers, body, sendBy))
                .orElseGet(() -> Uni.createFrom().item(Answer.of(NOT_SENT, "NOT_LOGGED_IN")));
    }

    private Uni<Answer> post(Map<String, String> headers, String body, SendBy sendBy) {
        return http.exchange(new PartnerRequest(HttpMethod.POST, path(), headers, body), sendBy)
                .invoke(ended -> login.refused(headers, ended))
                .map(ended -> VioletOutcome.of(payment, ended));
    }

    @Override
    public long amountMinor() {
        return payment.amountMinor();
    }

    @Override
    public String body() {
        RefundBagRequest request = new RefundBagRequest(
                payment.amountMinor(),
                VioletReference.reason(payment.instructionId(), payment.text()),
                payment.restock() && !payment.skus().isEmpty(),
                payment.notifyShopper(),
                new RequestedShipping(payment.shippingMinor()),
                payment.skus().stream()
                        .map(sku -> new RequestedSku(sku.orderSkuId(), sku.quantity(), sku.amountMinor()))
                        .toList());
        try {
            return VioletApi.JSON.writeValueAsString(request);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a request that cannot be written", impossible);
        }
    }

    private String path() {
        return VioletApi.refunds(payment.violetOrderId(), payment.bagId());
    }
}
