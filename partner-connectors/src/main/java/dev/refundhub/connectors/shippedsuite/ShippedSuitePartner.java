package dev.refundhub.connectors.shippedsuite;

import dev.refundhub.connectors.exchange.PartnerHttp;
import dev.refundhub.connectors.instruction.KeptJson;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Partner;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** An account at Shipped Suite. */
public final class ShippedSuitePartner implements Partner {

    private final ShippedSuiteAccount account;
    private final PartnerHttp http;

    public ShippedSuitePartner(ShippedSuiteAccount account, Vertx vertx) {
        this.account = account;
        this.http = new PartnerHttp(vertx, account.url(), account.limits());
    }

    @Override
    public String topic() {
        return ShippedSuiteConfirmation.TOPIC;
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
        return Uni.createFrom().item(Reading.nothing());
    }

    @Override
    public Errand errand(String instruction, String trace) {
        return new ShippedSuiteErrand(
                KeptJson.read(instruction, ShippedSuiteConfirmation.class), account, http.within(trace));
    }
}
