package dev.refundhub.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request as a partner sends it, written word by word. */
public final class SentDelivery {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final byte[] body;
    private final HttpRequest.Builder request;

    private SentDelivery(URI gateway, String source, byte[] body) {
        this.body = body;
        this.request = HttpRequest.newBuilder(gateway.resolve("/webhooks/" + source));
        as("POST", BodyPublishers.ofByteArray(body));
    }

    public static SentDelivery to(URI gateway, String source, byte[] body) {
        return new SentDelivery(gateway, source, body);
    }

    public static SentDelivery to(URI gateway, String source, String body) {
        return to(gateway, source, body.getBytes(UTF_8));
    }

    public SentDelivery signed(String secret) {
        return with("X-Shipped-Suite-Hmac-Sha256", signature(body, secret));
    }

    public SentDelivery with(String header, String value) {
        request.header(header, value);
        return this;
    }

    /** Somewhere else than to a source. */
    public SentDelivery at(URI address) {
        request.uri(address);
        return this;
    }

    public SentDelivery chunked() {
        return as("POST", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    public SentDelivery as(String method, BodyPublisher published) {
        request.method(method, published);
        return this;
    }

    public HttpResponse<String> send() {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
