package dev.refundhub.local.issuer;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/** An OIDC provider for one machine: it gives anybody on it any token, and the services trust it like a real one. */
public final class Issuer implements AutoCloseable {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String GATEWAY = "refund-hub-gateway";

    private final HttpServer server;
    private final SigningKey key;
    private final String address;
    private final String gatewaySecret;

    private Issuer(HttpServer server, SigningKey key, String gatewaySecret) {
        this.server = server;
        this.key = key;
        this.gatewaySecret = gatewaySecret;
        this.address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Listens on the loopback interface; the key is kept in a file, or made.
     *
     * @param gatewaySecret by which the webhook-gateway gets a token of its own (client credentials)
     */
    public static Issuer start(int port, Path keyFile, String gatewaySecret) {
        try {
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            Issuer issuer = new Issuer(HttpServer.create(loopback, 0), SigningKey.in(keyFile), gatewaySecret);
            issuer.server.createContext("/.well-known/openid-configuration", new Answer(issuer::configuration));
            issuer.server.createContext("/jwks", new Answer(form -> issuer.key.publicKeys()));
            issuer.server.createContext("/token", new Answer(issuer::tokenFor));
            issuer.server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return address;
    }

    /** A bearer token; {@code seller} is left out for roles that have none. */
    public String token(Role role, String seller, String subject) {
        Instant now = Instant.now();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(address);
        claims.setAudience("refund-hub");
        claims.setSubject(subject);
        claims.setStringClaim("preferred_username", subject);
        claims.setStringListClaim("groups", List.of(role.name()));
        if (role.isOfSeller()) {
            claims.setStringClaim("seller_id", seller);
        }
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        claims.setGeneratedJwtId();
        return key.sign(claims);
    }

    private String tokenFor(Map<String, String> form) {
        return form.getOrDefault("grant_type", "").equals("client_credentials") ? gatewaysToken(form) : anyToken(form);
    }

    private String gatewaysToken(Map<String, String> form) {
        if (!GATEWAY.equals(form.get(Answer.CLIENT)) || !gatewaySecret.equals(form.get(Answer.CLIENT_SECRET))) {
            throw new Answer.InvalidClient();
        }
        return answer(token(Role.GATEWAY, null, GATEWAY));
    }

    private String anyToken(Map<String, String> form) {
        Role role = Role.named(form.getOrDefault("role", ""));
        String seller = form.getOrDefault("seller", "acme");
        return answer(token(role, seller, form.getOrDefault("subject", role + "-1")));
    }

    private static String answer(String token) {
        return JsonUtil.toJson(
                Map.of("access_token", token, "token_type", "Bearer", "expires_in", LIFETIME.toSeconds()));
    }

    private String configuration(Map<String, String> form) {
        return JsonUtil.toJson(Map.of(
                "issuer",
                address,
                "jwks_uri",
                address + "/jwks",
                "token_endpoint",
                address + "/token",
                "response_types_supported",
                List.of("token"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256")));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
