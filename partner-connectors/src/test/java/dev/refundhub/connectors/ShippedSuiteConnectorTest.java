package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.refundhub.connectors.partner.Partner;
import dev.refundhub.connectors.shippedsuite.ShippedSuiteAccount;
import dev.refundhub.connectors.shippedsuite.ShippedSuitePartner;
import io.vertx.core.Vertx;
import java.net.URI;

class ShippedSuiteConnectorTest extends ConnectorContract {

    private static final String REQUEST = "/v1/refunds/41";

    @Override
    Partner partner(URI url, Vertx vertx) {
        return new ShippedSuitePartner(new ShippedSuiteAccount("shipped", url, "sk_development_test", LIMITS), vertx);
    }

    @Override
    String instruction() {
        return """
                {"instructionId":"hub-confirm-41","kind":"CONFIRM","seller":"acme","orderId":"1","refundId":1,
                 "account":"shipped","requestId":41,"externalId":"1","amountMinor":21077,"displayAmountMinor":21077,
                 "currency":"USD"}""";
    }

    @Override
    MappingBuilder doing() {
        return patch(urlEqualTo(REQUEST));
    }

    @Override
    RequestPatternBuilder asked() {
        return patchRequestedFor(urlEqualTo(REQUEST));
    }

    @Override
    String done() {
        return "{}";
    }

    @Override
    String refusal() {
        return "{\"error\":\"not found\"}";
    }

    @Override
    void shows(boolean done) {
        // nobody can ask it
    }

    @Override
    boolean canBeAsked() {
        return false;
    }
}
