package dev.refundhub.local.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The issuer as the services use it: found by discovery, checked by its public keys. */
class IssuerTest {
    private static final String SECRET = "the gateway's secret";
    private static final byte[] CREDENTIALS = "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void aTokenHoldsAgainstThePublishedKeysAndSaysWhoItIsFor() throws Exception {
        try (Issuer issuer = Issuer.start(0, directory.resolve("key"), SECRET)) {
            JwtClaims claims = check(issuer, ask(issuer, "role=customer&seller=globex&subject=customer%2D7"));

            assertEquals("customer-7", claims.getSubject());
            assertEquals("customer-7", claims.getStringClaimValue("preferred_username"));
            assertEquals(List.of("CUSTOMER"), claims.getStringListClaimValue("groups"));
            assertEquals("globex", claims.getStringClaimValue("seller_id"));
        }
    }

    @Test
    void anOperatorsTokenNamesNoSeller() throws Exception {
        try (Issuer issuer = Issuer.start(0, directory.resolve("key"), SECRET)) {
            assertFalse(check(issuer, ask(issuer, "role=operator")).hasClaim("seller_id"));
        }
    }

    @Test
    void theKeyIsKept() throws Exception {
        String token;
        int port;
        try (Issuer issuer = Issuer.start(0, directory.resolve("key"), SECRET)) {
            token = issuer.token(Role.SELLER, "acme", "seller-1");
            port = Integer.parseInt(issuer.address().replaceAll(".*:", ""));
        }

        try (Issuer again = Issuer.start(port, directory.resolve("key"), SECRET)) {
            assertEquals("seller-1", check(again, token).getSubject());
        }
    }

    @Test
    void nothingButThePublicKeyIsPublished() {
        try (Issuer issuer = Issuer.start(0, directory.resolve("key"), SECRET)) {
            JsonNode key = Http.get(issuer.address() + "/jwks", Map.of()).json().at("/keys/0");

            assertEquals("RSA", key.path("kty").asText());
            assertFalse(key.has("d"));
            assertFalse(key.has("p"));
        }
    }

    @Test
    void anUnknownRoleIsRefused() {
        try (Issuer issuer = Issuer.start(0, directory.resolve("key"), SECRET)) {
            byte[] form = "role=admin".getBytes(StandardCharsets.UTF_8);

            assertEquals(
                    400,
                    Http.send("POST", issuer.address() + "/token", Map.of(), form)
                            .status());
        }
    }

    @Test
    void theGatewayGetsATokenOfItsOwnByItsSecretOnly() throws Exception {
        try (Issuer issuer = Issuer.start(0, directory.resolve("key"), SECRET)) {
            Reply reply = asGateway(issuer, "the+gateway%27s+secret");

            assertEquals(200, reply.status());
            JwtClaims claims = check(issuer, reply.json().path("access_token").asText());
            assertEquals(List.of("GATEWAY"), claims.getStringListClaimValue("groups"));
            assertFalse(claims.hasClaim("seller_id"));
            assertEquals(401, asGateway(issuer, "another").status());
            assertEquals(
                    401,
                    Http.send("POST", issuer.address() + "/token", Map.of(), CREDENTIALS)
                            .status());
        }
    }

    private static Reply asGateway(Issuer issuer, String secret) {
        byte[] client = ("refund-hub-gateway:" + secret).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(client));
        return Http.send("POST", issuer.address() + "/token", headers, CREDENTIALS);
    }

    private static String ask(Issuer issuer, String form) {
        return Http.send("POST", issuer.address() + "/token", Map.of(), form.getBytes(StandardCharsets.UTF_8))
                .json()
                .path("access_token")
                .asText();
    }

    private static JwtClaims check(Issuer issuer, String token) throws Exception {
        JsonNode configuration = Http.get(issuer.address() + "/.well-known/openid-configuration", Map.of())
                .json();
        HttpsJwks keys = new HttpsJwks(configuration.path("jwks_uri").asText());
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys))
                .setExpectedIssuer(configuration.path("issuer").asText())
                .setExpectedAudience("refund-hub")
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }
}
