package dev.refundhub.local.simulator.violet;

import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Call;
import dev.refundhub.local.simulator.Knob;
import dev.refundhub.local.simulator.Routes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The documented part of Violet's API. There is no idempotency key: the same POST twice refunds twice. */
final class VioletApi {

    private static final String ORDER = "/v1/orders/{}";
    private static final String BAG_REFUNDS = ORDER + "/bags/{}/refunds";

    private final int appId;
    private final VioletOrders orders;
    private final Routes routes = new Routes()
            .on("GET", ORDER, this::order)
            .on("GET", ORDER + "/refunds", this::orderRefunds)
            .on("GET", ORDER + "/refunds/{}", this::orderRefund)
            .on("GET", BAG_REFUNDS, this::bagRefunds)
            .on("POST", BAG_REFUNDS, this::refundBag);

    VioletApi(int appId, VioletOrders orders) {
        this.appId = appId;
        this.orders = orders;
    }

    Answer answer(Call call) {
        return routes.answer(call).orElseThrow(VioletError.ORDER_NOT_FOUND::refuse);
    }

    private Answer order(Call call) {
        return Answer.ok(orders.asItStands(orders.order(call.id(0))));
    }

    private Answer orderRefunds(Call call) {
        VioletOrder order = orders.order(call.id(0));
        return Answer.ok(orders.read(order.bags()));
    }

    private Answer orderRefund(Call call) {
        VioletOrder order = orders.order(call.id(0));
        return orders.read(call.id(1))
                .filter(refund -> refund.orderId() == order.id())
                .map(Answer::ok)
                .orElseThrow(VioletError.ORDER_REFUND_NOT_FOUND::refuse);
    }

    private Answer bagRefunds(Call call) {
        VioletOrder.Bag bag = orders.order(call.id(0)).bag(call.id(1));
        return Answer.ok(orders.read(List.of(bag)));
    }

    private Answer refundBag(Call call) {
        VioletOrder.Bag bag = orders.asItStands(orders.order(call.id(0))).bag(call.id(1));
        if (!bag.status().isRefundable()) {
            throw VioletError.INVALID_BAG_STATE.refuse(bag.id());
        }
        VioletRefundRequest request = VioletRefundRequest.read(call.body(), bag);
        if (request.amountRefunded() > bag.total() - orders.taken(bag)) {
            throw VioletError.INVALID_PARAMETER.refuse("amount_refunded");
        }
        VioletRefund refund = refund(bag, request, status(call.knob()));
        orders.refund(VioletOrders.REFUND, refund, request, call.json(), Settling.of(call.knob()));
        return Answer.ok(refund);
    }

    private static VioletRefund.Status status(Knob knob) {
        return switch (knob.behaviour()) {
            case PROCESSING -> VioletRefund.Status.PROCESSING;
            case PARTIALLY_COMPLETED -> VioletRefund.Status.PARTIALLY_COMPLETED;
            case FAILED -> VioletRefund.Status.FAILED;
            default -> VioletRefund.Status.COMPLETED;
        };
    }

    private VioletRefund refund(VioletOrder.Bag bag, VioletRefundRequest request, VioletRefund.Status status) {
        long id = orders.nextRefundId();
        String now = VioletRefund.date(Instant.now());
        return new VioletRefund(
                id,
                bag.orderId(),
                bag.id(),
                bag.merchantId(),
                appId,
                bag.transactionId(),
                request.amountRefunded(),
                request.reason(),
                bag.currency(),
                status,
                skus(id, bag, request),
                request.shipping(),
                now,
                now,
                "99" + id,
                VioletRefund.failures(id, status));
    }

    private static List<VioletRefund.Sku> skus(long refundId, VioletOrder.Bag bag, VioletRefundRequest request) {
        List<VioletRefund.Sku> skus = new ArrayList<>();
        for (VioletRefundRequest.Sku sku : request.skus()) {
            long id = refundId * 100 + skus.size();
            String externalId = "44" + sku.orderSkuId();
            skus.add(
                    new VioletRefund.Sku(id, refundId, bag.id(), sku.quantityRefunded(), externalId, sku.orderSkuId()));
        }
        return skus;
    }
}
