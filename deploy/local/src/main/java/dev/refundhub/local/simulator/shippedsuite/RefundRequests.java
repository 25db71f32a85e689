package dev.refundhub.local.simulator.shippedsuite;

import dev.refundhub.local.simulator.Json;
import dev.refundhub.local.simulator.Ledger;
import java.util.HashSet;
import java.util.Set;

/** The refund requests that each account's merchant was sent: what the ledger adds up to. */
final class RefundRequests {

    private static final String REQUEST = "REQUEST";
    private static final String LEARNING = "LEARNING";
    private static final String CONFIRMATION = "CONFIRMATION";

    /** A refund request of one account. */
    record Request(String account, long id) {}

    /** A confirmation that was taken. */
    record Confirmed(String account, long id, Confirmation confirmation) {}

    private record Learning(boolean on) {}

    private final Ledger ledger;
    private final Set<Request> known = new HashSet<>();
    private boolean learning;

    RefundRequests(Ledger ledger) {
        this.ledger = ledger;
        ledger.entries().forEach(this::apply);
    }

    void add(Request request) {
        apply(ledger.write(REQUEST, request));
    }

    /** While it learns, an account that confirms a request has been sent it. */
    void learn(boolean on) {
        apply(ledger.write(LEARNING, new Learning(on)));
    }

    boolean knows(Request request) {
        return learning || known.contains(request);
    }

    Confirmed confirm(Request request, Confirmation confirmation) {
        Confirmed confirmed = new Confirmed(request.account(), request.id(), confirmation);
        apply(ledger.write(CONFIRMATION, confirmed));
        return confirmed;
    }

    private void apply(Ledger.Entry entry) {
        switch (entry.kind()) {
            case REQUEST -> known.add(Json.as(Request.class, entry.what()));
            case LEARNING -> learning = entry.what().path("on").asBoolean();
            case CONFIRMATION -> {
                Confirmed confirmed = Json.as(Confirmed.class, entry.what());
                known.add(new Request(confirmed.account(), confirmed.id()));
            }
            default -> throw new IllegalStateException("not a ledger of Shipped Suite: " + entry.kind());
        }
    }
}
