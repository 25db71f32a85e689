package dev.refundhub.local.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;

/** What stands under {@code /_simulator}: reading what happened, and setting what shall happen. */
final class Administration {

    static final String PREFIX = "/_simulator/";

    private final Partner partner;
    private final Ledger ledger;
    private final Exchanges exchanges;
    private final Knobs knobs;
    private final Routes routes;

    Administration(Partner partner, Ledger ledger, Exchanges exchanges, Knobs knobs, Stage stage) {
        this.partner = partner;
        this.ledger = ledger;
        this.exchanges = exchanges;
        this.knobs = knobs;
        this.routes = new Routes()
                .on("GET", PREFIX + "ledger", this::entries)
                .on("GET", PREFIX + "ledger/counts", call -> Answer.ok(ledger.counts()))
                .on("GET", PREFIX + "exchanges", this::exchanges)
                .on("DELETE", PREFIX + "exchanges", this::forgetExchanges)
                .on("GET", PREFIX + "knobs", call -> Answer.ok(knobs.waiting()))
                .on("POST", PREFIX + "knobs", this::turn)
                .on("DELETE", PREFIX + "knobs", this::reset)
                .on("POST", PREFIX + "release", call -> Answer.ok(Map.of("released", stage.release())));
    }

    Answer answer(Call call) {
        try {
            return routes.answer(call).orElseGet(() -> partner.administer(call));
        } catch (Refused refused) {
            return refused.answer();
        } catch (IllegalArgumentException e) {
            return Answer.of(400, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private Answer entries(Call call) {
        String kind = call.query().get("kind");
        return Answer.ok(ledger.entries().stream()
                .filter(entry -> kind == null || kind.equals(entry.kind()))
                .toList());
    }

    private Answer exchanges(Call call) {
        String method = call.query().get("method");
        return Answer.ok(exchanges.all().stream()
                .filter(exchange -> method == null || method.equals(exchange.method()))
                .toList());
    }

    private Answer forgetExchanges(Call call) {
        exchanges.clear();
        return Answer.ok(exchanges.all());
    }

    private Answer turn(Call call) {
        List<Knob> wanted = Json.as(new TypeReference<List<Knob>>() {}, call.json());
        for (Knob knob : wanted) {
            if (!partner.plays(knob)) {
                throw new IllegalArgumentException("this partner does not play " + Json.text(knob));
            }
        }
        if (call.query().contains("seed")) {
            knobs.seed(Long.parseLong(call.query().get("seed")));
        }
        knobs.add(wanted);
        return Answer.ok(knobs.waiting());
    }

    private Answer reset(Call call) {
        knobs.clear();
        return Answer.ok(knobs.waiting());
    }
}
