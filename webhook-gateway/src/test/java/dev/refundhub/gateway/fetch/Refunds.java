package dev.refundhub.gateway.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A refunds-service that answers what a test says, and an issuer that gives the gateway its token. */
public final class Refunds implements QuarkusTestResourceLifecycleManager {

    static final String TOKEN = "the-gateways-token";

    private static final String PORT = "refunds.port";

    private WireMockServer server;

    @Override
    public Map<String, String> start() {
        server = new WireMockServer(wireMockConfig().dynamicPort().containerThreads(96));
        server.start();
        System.setProperty(PORT, String.valueOf(server.port()));
        connect();
        return Map.of(
                "hub.refunds.url", server.baseUrl(),
                "hub.refunds.issuer", server.baseUrl(),
                "hub.refunds.client-secret", "the gateway's secret");
    }

    /** With nothing but the issuer's answers. */
    static WireMock connect() {
        int port = Integer.getInteger(PORT);
        WireMock wire = new WireMock(port);
        wire.resetMappings();
        wire.resetRequests();
        wire.register(get("/.well-known/openid-configuration")
                .willReturn(okJson("{\"token_endpoint\":\"http://localhost:%d/token\"}".formatted(port))));
        wire.register(post("/token")
                .withRequestBody(containing("grant_type=client_credentials"))
                .withBasicAuth("refund-hub-gateway", "the gateway's secret")
                .willReturn(okJson(
                        "{\"access_token\":\"%s\",\"expires_in\":300,\"token_type\":\"Bearer\"}".formatted(TOKEN))));
        return wire;
    }

    @Override
    public void stop() {
        server.stop();
    }
}
