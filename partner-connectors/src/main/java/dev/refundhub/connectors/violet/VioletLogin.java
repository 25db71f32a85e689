package dev.refundhub.connectors.violet;

import dev.refundhub.connectors.exchange.Ended;
import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.HeaderValue;
import dev.refundhub.connectors.exchange.PartnerHttp;
import dev.refundhub.connectors.exchange.PartnerRequest;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.connectors.violet.VioletApi.Login;
import dev.refundhub.connectors.violet.VioletApi.Tokens;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The account's token: fetched once for many callers, renewed before it ends after 24 hours and whenever Violet refuses it. */
final class VioletLogin {

    private static final Logger LOG = Logger.getLogger(VioletLogin.class);
    private static final String TOKEN = "X-Violet-Token";
    static final Duration RENEWED_AFTER = Duration.ofHours(23);
    /** Who was not let in does not knock for every call. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final VioletAccount account;
    private final PartnerHttp http;
    private final Duration renewedAfter;
    private Tokens tokens;
    private long sinceNanos;
    private boolean failed;
    private Uni<Optional<Tokens>> underWay;

    VioletLogin(VioletAccount account, PartnerHttp http, Duration renewedAfter) {
        this.account = account;
        this.http = http;
        this.renewedAfter = renewedAfter;
    }

    /** The three headers of every call, once there is a token; empty where Violet lets us not in. */
    Uni<Optional<Map<String, String>>> headers() {
        return present()
                .map(there -> Uni.createFrom().item(Optional.of(there)))
                .orElseGet(this::renew)
                .map(there -> there.map(this::headers));
    }

    /** The same, of a token that is there already. */
    Optional<Map<String, String>> presentHeaders() {
        return present().map(this::headers);
    }

    /** Whether Violet refused the token of these headers; it is forgotten then, unless it has been renewed meanwhile. */
    synchronized boolean refused(Map<String, String> headers, Ended ended) {
        boolean refused = ended instanceof Answered answered
                && answered.status() == VioletRefusal.UNAUTHORIZED
                && VioletRefusal.of(answered).outcome() == Outcome.NOT_SENT;
        if (refused && tokens != null && tokens.token().equals(headers.get(TOKEN))) {
            tokens = null;
        }
        return refused;
    }

    private synchronized Optional<Tokens> present() {
        boolean fresh = System.nanoTime() - sinceNanos < renewedAfter.toNanos();
        return fresh ? Optional.ofNullable(tokens) : Optional.empty();
    }

    private synchronized Uni<Optional<Tokens>> renew() {
        if (hasJustFailed()) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (underWay == null) {
            underWay = (tokens == null ? logIn() : refresh())
                    .onFailure()
                    .recoverWithItem(Optional.empty())
                    .invoke(this::keep)
                    .memoize()
                    .indefinitely();
        }
        return underWay;
    }

    private boolean hasJustFailed() {
        return failed && System.nanoTime() - sinceNanos < PAUSE.toNanos();
    }

    private synchronized void keep(Optional<Tokens> renewed) {
        underWay = null;
        failed = renewed.isEmpty();
        tokens = renewed.orElse(null);
        sinceNanos = System.nanoTime();
        LOG.infof("login account=%s outcome=%s", account, renewed.isPresent() ? "COMPLETED" : "DECLINED");
    }

    private Uni<Optional<Tokens>> refresh() {
        String refreshToken = tokens.refreshToken();
        if (refreshToken == null) {
            return logIn();
        }
        return http.exchange(new PartnerRequest(
                        HttpMethod.GET, "/auth/token", headers(new Tokens(refreshToken, null)), null))
                .map(VioletLogin::tokens)
                .map(renewed -> renewed.map(there ->
                        new Tokens(there.token(), there.refreshToken() == null ? refreshToken : there.refreshToken())))
                .chain(renewed -> renewed.isPresent() ? Uni.createFrom().item(renewed) : logIn());
    }

    private Uni<Optional<Tokens>> logIn() {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return VioletApi.JSON.writeValueAsString(new Login(account.username(), account.password()));
                    } catch (IOException impossible) {
                        throw new IllegalStateException("a login that cannot be written", impossible);
                    }
                })
                .chain(body -> http.exchange(new PartnerRequest(HttpMethod.POST, "/login", appHeaders(), body)))
                .map(VioletLogin::tokens);
    }

    private static Optional<Tokens> tokens(Ended ended) {
        if (!(ended instanceof Answered answered) || answered.status() != VioletOutcome.OK) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(VioletApi.JSON.readValue(answered.body(), Tokens.class))
                    .filter(there -> isUsable(there.token()))
                    .map(there -> isUsable(there.refreshToken()) ? there : new Tokens(there.token(), null));
        } catch (IOException notItsShape) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(String token) {
        return token != null && HeaderValue.isOne(token);
    }

    private Map<String, String> headers(Tokens there) {
        Map<String, String> headers = new HashMap<>(appHeaders());
        headers.put(TOKEN, there.token());
        return headers;
    }

    private Map<String, String> appHeaders() {
        return Map.of("X-Violet-App-Id", account.appId(), "X-Violet-App-Secret", account.appSecret());
    }
}
