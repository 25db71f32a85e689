package dev.refundhub.connectors.violet;

import dev.refundhub.connectors.exchange.Ended;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.PartnerHttp;
import dev.refundhub.connectors.exchange.PartnerRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/** Asks for the refunds of a bag, once more where the token had ended: reading may be repeated. */
final class VioletBag {

    private VioletBag() {}

    static Uni<Ended> list(long orderId, long bagId, VioletLogin login, PartnerHttp http) {
        return list(VioletApi.refunds(orderId, bagId), login, http, true);
    }

    private static Uni<Ended> list(String path, VioletLogin login, PartnerHttp http, boolean onceMore) {
        return login.headers().chain(headers -> headers.map(there -> list(path, there, login, http, onceMore))
                .orElseGet(() -> Uni.createFrom().item(new NeverSent("NOT_LOGGED_IN"))));
    }

    private static Uni<Ended> list(
            String path, Map<String, String> headers, VioletLogin login, PartnerHttp http, boolean onceMore) {
        return http.exchange(new PartnerRequest(HttpMethod.GET, path, headers, null))
                .chain(ended -> login.refused(headers, ended) && onceMore
                        ? list(path, login, http, false)
                        : Uni.createFrom().item(ended));
    }
}
