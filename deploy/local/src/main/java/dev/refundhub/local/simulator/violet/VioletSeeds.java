package dev.refundhub.local.simulator.violet;

import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Call;
import dev.refundhub.local.simulator.Json;
import dev.refundhub.local.simulator.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What happens at Violet without the hub: orders come, merchants refund in their own shops, refunds get decided. */
final class VioletSeeds {

    private record Elsewhere(Integer amount, String reason, VioletRefund.Status status) {}

    private final int appId;
    private final VioletOrders orders;
    private final Routes routes;

    VioletSeeds(int appId, VioletOrders orders, VioletWebhooks webhooks) {
        this.appId = appId;
        this.orders = orders;
        this.routes = new Routes()
                .on("PUT", "/_simulator/orders/{}", this::order)
                .on("POST", "/_simulator/orders/{}/bags/{}/refunds", this::refundElsewhere)
                .on("PUT", "/_simulator/refunds/{}", this::decide)
                .on("PUT", "/_simulator/webhooks", webhooks::listen);
    }

    Answer answer(Call call) {
        return routes.answer(call).orElseThrow(VioletError.ORDER_NOT_FOUND::refuse);
    }

    private Answer order(Call call) {
        orders.put(Json.as(VioletOrder.class, call.json()).of(call.id(0), appId));
        return Answer.ok(orders.asItStands(orders.order(call.id(0))));
    }

    /** A fact: nothing is checked, not even whether so much is left. */
    private Answer refundElsewhere(Call call) {
        VioletOrder.Bag bag = orders.order(call.id(0)).bag(call.id(1));
        Elsewhere elsewhere = Json.as(Elsewhere.class, call.json());
        long id = orders.nextRefundId();
        String now = VioletRefund.date(Instant.now());
        VioletRefund.Status status = Objects.requireNonNullElse(elsewhere.status(), VioletRefund.Status.EXTERNAL);
        VioletRefund refund = new VioletRefund(
                id,
                bag.orderId(),
                bag.id(),
                bag.merchantId(),
                appId,
                bag.transactionId(),
                Objects.requireNonNullElseGet(elsewhere.amount(), () -> bag.total() - orders.taken(bag)),
                elsewhere.reason(),
                bag.currency(),
                status,
                List.of(),
                null,
                now,
                now,
                "99" + id,
                VioletRefund.failures(id, status));
        orders.refund(VioletOrders.REFUND_ELSEWHERE, refund, null, call.json(), null);
        return Answer.ok(refund);
    }

    private Answer decide(Call call) {
        orders.become(
                call.id(0),
                VioletRefund.Status.valueOf(call.json().path("status").asText()));
        return Answer.ok(orders.read(call.id(0)).orElseThrow());
    }
}
