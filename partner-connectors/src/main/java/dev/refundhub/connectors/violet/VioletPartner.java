package dev.refundhub.connectors.violet;

import dev.refundhub.connectors.exchange.PartnerHttp;
import dev.refundhub.connectors.instruction.KeptJson;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Partner;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.messages.VioletPayment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** An account at Violet. */
public final class VioletPartner implements Partner {

    private final VioletAccount account;
    private final PartnerHttp http;
    private final VioletLogin login;

    public VioletPartner(VioletAccount account, Vertx vertx) {
        this.account = account;
        this.http = new PartnerHttp(vertx, account.url(), account.limits());
        this.login = new VioletLogin(account, http, VioletLogin.RENEWED_AFTER);
    }

    @Override
    public String topic() {
        return VioletPayment.TOPIC;
    }

    @Override
    public int callsAtOnce() {
        return account.limits().callsAtOnce();
    }

    @Override
    public boolean isLeftAlone() {
        return http.isBroken();
    }

    @Override
    public Uni<Reading> look(long violetOrderId, long bagId, String trace) {
        return VioletBag.list(violetOrderId, bagId, login, http.within(trace))
                .map(ended -> VioletReading.of(violetOrderId, bagId, ended));
    }

    @Override
    public Errand errand(String instruction, String trace) {
        return new VioletErrand(KeptJson.read(instruction, VioletPayment.class), login, http.within(trace));
    }
}
