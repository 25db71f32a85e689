package dev.refundhub.gateway.delivery;

import static dev.refundhub.gateway.SentDelivery.signature;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.PartnerEventsTopic;
import dev.refundhub.gateway.SampleBodies;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Everything that may come to the door of each partner's source, good and bad, in one table: what is answered, whether it is kept,
 * and whether it is told.
 */
@QuarkusTest
@WithTestResource(Surroundings.class)
class BadRequestsTest {

    private static final String SHIPPED = "X-Shipped-Suite-Hmac-Sha256";
    private static final String VIOLET = "X-Violet-Hmac";
    private static final String AUTHORIZATION = "Authorization";
    private static final String BASIC = basic("optoro:" + Surroundings.PASSWORD);
    private static final String BEARER = "Bearer " + Surroundings.TOKEN;
    private static final String OK = "200{\"status\":\"ok\"}";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static long lastCase = 880_000_000;

    @TestHTTPResource("/")
    URI gateway;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    KeptDeliveries kept;

    /** What becomes of a request. */
    private enum Fate {
        /** Nobody has heard of it. */
        GONE,
        /** Kept, and told. */
        TOLD,
        /** Kept, and not understood. */
        QUARANTINED
    }

    /** A request of a case of its own, with what must come of it. */
    private record Row(String name, long caseNo, WireRequest request, String answer, Fate fate) {}

    /** A partner's door: the source, and a body of it that would be told, for a case of its own. */
    private record Door(String path, String sample, String id, UnaryOperator<String> inEnvelope) {

        byte[] body(long caseNo) {
            return inEnvelope
                    .apply(SampleBodies.sample(sample).replace(id, id.replaceAll("[0-9]+", Long.toString(caseNo))))
                    .getBytes(UTF_8);
        }
    }

    private static final Door SHIPPED_SUITE = new Door(
            "/webhooks/acme-shipped",
            "refund-request.json",
            "\"id\":2,",
            payload -> SampleBodies.envelope("refund.requested", payload));
    private static final Door OPTORO =
            new Door("/webhooks/acme-optoro", "optoro/created.json", "RMA-70001", body -> body);
    private static final Door REFUNDID =
            new Door("/webhooks/acme-refundid", "refundid/refunding.json", "rfd_900", body -> body);
    private static final Door REFUNDIDS_OWN =
            new Door("/webhooks/acme-refundid/refundid", "refundid/refunding.json", "rfd_900", body -> body);
    private static final Door VIOLETS =
            new Door("/webhooks/violet", "violet/order-refunded.json", "\"order_id\": 61001,", body -> body);

    private final List<Row> table = new ArrayList<>();

    @Test
    void eachGetsItsAnswerAndLeavesNoMoreThanItShould() {
        signed(SHIPPED_SUITE, SHIPPED, Surroundings.SECRET, Surroundings.OTHER_SECRET);
        signed(VIOLETS, VIOLET, Surroundings.VIOLET_SECRET, Surroundings.SECRET);
        presented(OPTORO, BASIC, basic("optoro:" + "globex's password"));
        presented(REFUNDID, BEARER, "Bearer another's token");
        presented(REFUNDIDS_OWN, BEARER, "Bearer another's token");
        passwords();
        for (Door door : List.of(SHIPPED_SUITE, VIOLETS, OPTORO, REFUNDID, REFUNDIDS_OWN)) {
            transport(door);
        }

        List<String> answered = answers();
        long fence = lastCase++;
        assertEquals(OK, send(new Row("the last", fence, trusted(SHIPPED_SUITE, fence), OK, Fate.TOLD)));
        await().atMost(SOON).until(() -> isTold(fence));

        assertAll(IntStream.range(0, table.size()).mapToObj(i -> () -> {
            Row row = table.get(i);
            assertTrue(answered.get(i).matches(row.answer()), row.name() + ": " + answered.get(i));
        }));
        await().atMost(SOON).untilAsserted(() -> {
            String told = told();
            assertAll(table.stream().map(row -> () -> assertEquals(row.fate(), fate(row, told), row.name())));
        });
    }

    /** Most of them wait for something. */
    private List<String> answers() {
        ExecutorService senders = Executors.newFixedThreadPool(32);
        try {
            List<CompletableFuture<String>> answers = table.stream()
                    .map(row -> CompletableFuture.supplyAsync(() -> send(row), senders))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            senders.shutdown();
        }
    }

    /** It makes no difference whether another process, or another replica, has had the same before. */
    @Test
    void aRepetitionIsKeptAndToldLikeTheFirst() {
        long again = lastCase++;
        kept.leave(DeliveryId.at(Instant.now()), "acme-shipped", SHIPPED_SUITE.body(again));

        assertEquals(OK, send(new Row("again", again, trusted(SHIPPED_SUITE, again), OK, Fate.TOLD)));
        assertEquals(OK, send(new Row("and again", again, trusted(SHIPPED_SUITE, again), OK, Fate.TOLD)));

        await().atMost(SOON)
                .until(() -> PartnerEventsTopic.told(kafka, "acme/acme-shipped/" + again)
                                .size()
                        == 3);
        assertEquals("3", keptOf(again));
    }

    /** Of a partner that signs the body. */
    private void signed(Door door, String header, String secret, String another) {
        row(door, "no signature", "401", Fate.GONE, (request, body) -> request);
        showing(door, "a wrong one", header, "401", body -> signature(body, "nobody's secret"));
        showing(door, "another source's", header, "401", body -> signature(body, another));
        showing(door, "the one of another body", header, "401", body -> signature(new byte[] {1}, secret));
        showing(door, "an empty one", header, "401", body -> "");
        showing(door, "in hex", header, "401", body -> HexFormat.of()
                .formatHex(Base64.getDecoder().decode(signature(body, secret))));
        showing(
                door,
                "in the alphabet for addresses",
                header,
                "401",
                body -> Base64.getUrlEncoder()
                                .encodeToString(Base64.getDecoder().decode(signature(body, secret)))
                        + "_");
        showing(door, "without padding", header, "401", body -> signature(body, secret)
                .replace("=", ""));
        showing(
                door,
                "with a damaged character",
                header,
                "401",
                body -> "!" + signature(body, secret).substring(1));
        showing(door, "in small letters", header, "401", body -> signature(body, secret)
                .toLowerCase(Locale.ROOT));
        for (String more : List.of(" ", "\n", "\uFEFF", "x", "\0")) {
            long caseNo = lastCase++;
            byte[] body = door.body(caseNo);
            byte[] longer = (new String(body, UTF_8) + more).getBytes(UTF_8);
            add(
                    door,
                    "the body has more: " + HexFormat.of().formatHex(more.getBytes(UTF_8)),
                    caseNo,
                    new WireRequest(door.path(), longer).with(header, signature(body, secret)),
                    "401",
                    Fate.GONE);
            byte[] before = (more + new String(body, UTF_8)).getBytes(UTF_8);
            add(
                    door,
                    "the body has more before it: " + HexFormat.of().formatHex(more.getBytes(UTF_8)),
                    caseNo,
                    new WireRequest(door.path(), before).with(header, signature(body, secret)),
                    "401",
                    Fate.GONE);
        }
        row(door, "the right one twice", "401", Fate.GONE, (request, body) -> request.with(
                        header, signature(body, secret))
                .with(header, signature(body, secret)));
        row(door, "the right one and a wrong one", "401", Fate.GONE, (request, body) -> request.with(
                        header, signature(body, secret))
                .with(header, "x"));
        boolean isPrinted = header.equals(SHIPPED);
        row(
                door,
                "under its name with underscores",
                isPrinted ? quoted(OK) : "401",
                isPrinted ? Fate.TOLD : Fate.GONE,
                (request, body) -> topic(request, door).with(header.replace('-', '_'), signature(body, secret)));
        row(door, "with headers that nobody signs", quoted(OK), Fate.TOLD, (request, body) -> topic(request, door)
                .with(header, signature(body, secret))
                .with("Content-Type", "text/nonsense")
                .with("X-Forwarded-For", "nonsense")
                .with("traceparent", "nonsense"));
    }

    /** Of a partner that shows a password or a token. */
    private void presented(Door door, String right, String another) {
        row(door, "no credential", "401", Fate.GONE, (request, body) -> request);
        for (String wrong : List.of(
                "",
                "x",
                right + "x",
                right.replaceFirst(" ", "  "),
                right.replaceFirst(" ", ""),
                right.replaceFirst("\\w+ ", ""),
                right.replaceFirst("\\w+", "Digest"),
                another)) {
            row(
                    door,
                    "the credential '" + wrong.replaceAll("[a-z]{4,}", "…") + "'",
                    "401",
                    Fate.GONE,
                    (request, body) -> request.with(AUTHORIZATION, wrong));
        }
        row(door, "the right one twice", "401", Fate.GONE, (request, body) -> request.with(AUTHORIZATION, right)
                .with(AUTHORIZATION, right));
        row(door, "the right one and another's", "401", Fate.GONE, (request, body) -> request.with(
                        AUTHORIZATION, another)
                .with(AUTHORIZATION, right));
        row(door, "in another header", "401", Fate.GONE, (request, body) -> request.with("Proxy-Authorization", right));
        row(door, "with a small scheme and other headers", quoted(OK), Fate.TOLD, (request, body) -> request.with(
                        "authorization", right.substring(0, 1).toLowerCase(Locale.ROOT) + right.substring(1))
                .with("Content-Type", "text/nonsense"));
    }

    private void passwords() {
        for (String wrong : List.of(
                "optoro:",
                ":" + Surroundings.PASSWORD,
                "optoro",
                Surroundings.PASSWORD,
                "optoro:" + Surroundings.PASSWORD + " ",
                "Optoro:" + Surroundings.PASSWORD)) {
            row(
                    OPTORO,
                    "Basic of other parts",
                    "401",
                    Fate.GONE,
                    (request, body) -> request.with(AUTHORIZATION, basic(wrong)));
        }
        row(
                OPTORO,
                "damaged Base64",
                "401",
                Fate.GONE,
                (request, body) ->
                        request.with(AUTHORIZATION, BASIC.replace("=", "").substring(0, 20) + "!"));
        row(OPTORO, "another source's token", "401", Fate.GONE, (request, body) -> request.with(AUTHORIZATION, BEARER));
    }

    /** What is trusted, and comes in a way that it must not. */
    private void transport(Door door) {
        sent(door, "gzip", "415", Fate.GONE, request -> request.with("Content-Encoding", "gzip"));
        sent(door, "gzip twice over", "415", Fate.GONE, request -> request.with("Content-Encoding", "identity, gzip"));
        sent(door, "chunks without end", "408", Fate.GONE, WireRequest::chunkedWithoutEnd);
        sent(door, "a length that is too large", "408", Fate.GONE, request -> request.length(100_000));
        sent(door, "one byte now and then", "408", Fate.GONE, request -> request.drip(400));
        sent(door, "GET", "405", Fate.GONE, request -> request.method("GET"));
        sent(door, "PUT", "405", Fate.GONE, request -> request.method("PUT"));
        sent(door, "a method that nobody knows", "405", Fate.GONE, request -> request.method("DELIVER"));
        sent(door, "300 header fields", "431|400|413|closed", Fate.GONE, request -> {
            for (int i = 0; i < 300; i++) {
                request.with("X-Field-" + i, "some value of a length");
            }
            return request;
        });
        String twoSlashes = door.path().replace("/webhooks/", "/webhooks//");
        sent(door, "to two slashes, which are one", quoted(OK), Fate.TOLD, request -> request.path(twoSlashes));
        for (String path : List.of(
                door.path() + ";x=1",
                door.path() + "%00",
                door.path() + "%20",
                door.path().replace("/webhooks/", "/webhooks/%2e%2e/"),
                door.path().replace("/webhooks/", "/webhooks/../webhooks/x/"),
                door.path() + "/%2e%2e/x",
                door.path().replace("acme", "ACME").replace("violet", "VIOLET"),
                "/x" + door.path())) {
            sent(door, "to " + path, "(401|404|400)(.*)", Fate.GONE, request -> request.path(path));
        }
        long caseNo = lastCase++;
        byte[] tooLong = new byte[257 * 1024];
        System.arraycopy(door.body(caseNo), 0, tooLong, 0, door.body(caseNo).length);
        add(
                door,
                "257 KiB",
                caseNo,
                credentials(new WireRequest(door.path(), tooLong), door, tooLong),
                "413",
                Fate.GONE);
        long manyKeys = lastCase++;
        byte[] keys = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"" + manyKeys % 1000 + i + "\":0")
                .collect(Collectors.joining(",", "{\"" + manyKeys + "\":0,", "}"))
                .getBytes(UTF_8);
        add(
                door,
                "100,000 keys, far beyond the limit",
                manyKeys,
                credentials(new WireRequest(door.path(), keys), door, keys),
                "413|closed",
                Fate.GONE);
        shorterThanSaid(door);
    }

    /** What comes after the length that was said is no delivery: nobody understands it, and nobody is trusted for it. */
    private void shorterThanSaid(Door door) {
        long caseNo = lastCase++;
        byte[] body = door.body(caseNo);
        boolean isSigned = door.equals(SHIPPED_SUITE) || door.equals(VIOLETS);
        WireRequest cut =
                credentials(new WireRequest(door.path(), body), door, body).length(body.length - 10);
        add(
                door,
                "a length that is too small",
                caseNo,
                cut,
                isSigned ? "401" : quoted(OK),
                isSigned ? Fate.GONE : Fate.QUARANTINED);
    }

    /** A request that is made of a body and an untrusted request with it. */
    private interface Made {
        WireRequest of(WireRequest request, byte[] body);
    }

    private void showing(Door door, String name, String header, String answer, Function<byte[], String> value) {
        row(door, name, answer, Fate.GONE, (request, body) -> request.with(header, value.apply(body)));
    }

    private void row(Door door, String name, String answer, Fate fate, Made made) {
        long caseNo = lastCase++;
        byte[] body = door.body(caseNo);
        add(door, name, caseNo, made.of(new WireRequest(door.path(), body), body), answer, fate);
    }

    private void sent(Door door, String name, String answer, Fate fate, UnaryOperator<WireRequest> change) {
        long caseNo = lastCase++;
        add(door, name, caseNo, change.apply(trusted(door, caseNo)), answer, fate);
    }

    private void add(Door door, String name, long caseNo, WireRequest request, String answer, Fate fate) {
        table.add(new Row(door.path() + ", " + name, caseNo, request, answer, fate));
    }

    private static WireRequest trusted(Door door, long caseNo) {
        byte[] body = door.body(caseNo);
        return credentials(new WireRequest(door.path(), body), door, body);
    }

    private static WireRequest credentials(WireRequest request, Door door, byte[] body) {
        if (door.equals(SHIPPED_SUITE)) {
            return request.with(SHIPPED, signature(body, Surroundings.SECRET));
        }
        return door.equals(VIOLETS)
                ? topic(request, door).with(VIOLET, signature(body, Surroundings.VIOLET_SECRET))
                : request.with(AUTHORIZATION, door.equals(OPTORO) ? BASIC : BEARER);
    }

    /** Violet says in a header what has happened. */
    private static WireRequest topic(WireRequest request, Door door) {
        return door.equals(VIOLETS) ? request.with("X-Violet-Topic", "ORDER_REFUNDED") : request;
    }

    private String send(Row row) {
        try {
            return row.request().send(gateway);
        } catch (IOException e) {
            throw new UncheckedIOException(row.name(), e);
        }
    }

    private Fate fate(Row row, String told) {
        String states = kept.one("select string_agg(state, ' ') from delivery where position('" + row.caseNo()
                + "'::bytea in body) > 0");
        boolean isTold = told.contains(Long.toString(row.caseNo()));
        if (states == null) {
            return isTold ? Fate.TOLD : Fate.GONE;
        }
        return states.equals("QUARANTINED") && !isTold
                ? Fate.QUARANTINED
                : states.equals("TOLD") && isTold ? Fate.TOLD : null;
    }

    private String keptOf(long caseNo) {
        return kept.one("select count(*) from delivery where position('" + caseNo + "'::bytea in body) > 0");
    }

    private boolean isTold(long caseNo) {
        return told().contains(Long.toString(caseNo));
    }

    /** All keys of the topic. */
    private String told() {
        return String.join(" ", PartnerEventsTopic.keys(kafka));
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
    }

    private static String quoted(String answer) {
        return Pattern.quote(answer);
    }
}
