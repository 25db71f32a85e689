package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.refundhub.connectors.partner.Partner;
import dev.refundhub.connectors.violet.VioletAccount;
import dev.refundhub.connectors.violet.VioletPartner;
import io.vertx.core.Vertx;
import java.net.URI;

class VioletConnectorTest extends ConnectorContract {

    private static final String REFUNDS = "/orders/61001/bags/62001/refunds";

    @Override
    Partner partner(URI url, Vertx vertx) {
        return new VioletPartner(new VioletAccount("violet", url, "10900", "secret", "hub", "password", LIMITS), vertx);
    }

    @Override
    String instruction() {
        return """
                {"instructionId":"hub-k3v9q2x7m4t8r6wz","kind":"PAY","seller":"acme","orderId":"1","refundId":1,
                 "account":"violet","violetOrderId":61001,"bagId":62001,"currency":"USD","amountMinor":2500,
                 "shippingMinor":0,"skus":[],"restock":false,"notify":true,"text":"a test","known":[]}""";
    }

    @Override
    MappingBuilder doing() {
        return post(urlEqualTo(REFUNDS));
    }

    @Override
    RequestPatternBuilder asked() {
        return postRequestedFor(urlEqualTo(REFUNDS));
    }

    @Override
    String done() {
        return """
                {"id":88001,"order_id":61001,"bag_id":62001,"amount":2500,"refund_currency":"USD","status":"COMPLETED",
                 "reason":"hub-k3v9q2x7m4t8r6wz a test"}""";
    }

    @Override
    String refusal() {
        return "{\"message\":\"no\",\"error\":\"bag_not_found\",\"code\":4201}";
    }

    @Override
    void shows(boolean done) {
        there.stubFor(post(urlEqualTo("/login")).willReturn(okJson("{\"token\":\"t1\",\"refresh_token\":\"r1\"}")));
        there.stubFor(get(urlEqualTo(REFUNDS)).willReturn(okJson("[" + (done ? done() : "") + "]")));
    }

    @Override
    boolean canBeAsked() {
        return true;
    }
}
