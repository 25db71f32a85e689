package dev.refundhub.local.simulator.violet;

import java.util.List;
import java.util.Objects;

/** An order with its bags, in Violet's words and as far as refunds need it: what is seeded, and what is read back. */
record VioletOrder(
        long id, Integer appId, String appOrderId, String status, String currency, Integer total, List<Bag> bags) {

    VioletOrder {
        status = Objects.requireNonNullElse(status, "COMPLETED");
        currency = Objects.requireNonNullElse(currency, "USD");
        bags = List.copyOf(Objects.requireNonNullElse(bags, List.of()));
        total = Objects.requireNonNullElse(
                total, bags.stream().mapToInt(Bag::total).sum());
    }

    VioletOrder of(long newId, int app) {
        List<Bag> own = bags.stream().map(bag -> bag.of(newId, currency)).toList();
        return new VioletOrder(newId, app, appOrderId, status, currency, total, own);
    }

    /** The order after refunds have left its bags like this. */
    VioletOrder after(List<Bag> refunded) {
        String now = refunded.stream().allMatch(bag -> bag.status == BagStatus.REFUNDED)
                ? "REFUNDED"
                : refunded.stream().anyMatch(Bag::isTouched) ? "PARTIALLY_REFUNDED" : status;
        return new VioletOrder(id, appId, appOrderId, now, currency, total, refunded);
    }

    Bag bag(long bagId) {
        return bags.stream()
                .filter(bag -> bag.id() == bagId)
                .findFirst()
                .orElseThrow(VioletError.BAG_NOT_FOUND::refuse);
    }

    /** One merchant's part of an order; {@code total} includes {@code shippingTotal}. */
    record Bag(
            long id,
            Long orderId,
            Integer merchantId,
            Long transactionId,
            BagStatus status,
            String financialStatus,
            String currency,
            Integer shippingTotal,
            Integer total,
            List<Sku> skus) {

        Bag {
            merchantId = Objects.requireNonNullElse(merchantId, 501);
            transactionId = Objects.requireNonNullElse(transactionId, 71001L);
            status = Objects.requireNonNullElse(status, BagStatus.COMPLETED);
            financialStatus = Objects.requireNonNullElse(financialStatus, "PAID");
            shippingTotal = Objects.requireNonNullElse(shippingTotal, 0);
            skus = List.copyOf(Objects.requireNonNullElse(skus, List.of()));
            total = Objects.requireNonNullElse(
                    total,
                    shippingTotal + skus.stream().mapToInt(Sku::linePrice).sum());
        }

        Bag of(long newOrderId, String orderCurrency) {
            return new Bag(
                    id,
                    newOrderId,
                    merchantId,
                    transactionId,
                    status,
                    financialStatus,
                    Objects.requireNonNullElse(currency, orderCurrency),
                    shippingTotal,
                    total,
                    skus);
        }

        /** The bag after so much of it went back. */
        Bag after(int moved) {
            if (moved == 0) {
                return this;
            }
            BagStatus now = moved >= total ? BagStatus.REFUNDED : BagStatus.PARTIALLY_REFUNDED;
            return new Bag(
                    id, orderId, merchantId, transactionId, now, now.name(), currency, shippingTotal, total, skus);
        }

        private boolean isTouched() {
            return status == BagStatus.REFUNDED || status == BagStatus.PARTIALLY_REFUNDED;
        }

        Sku sku(long skuId) {
            return skus.stream()
                    .filter(sku -> sku.id() == skuId)
                    .findFirst()
                    .orElseThrow(() -> VioletError.ORDER_SKU_NOT_FOUND.refuse(skuId));
        }
    }

    /** A line of a bag; {@code linePrice} is for all its units. */
    record Sku(long id, String name, Integer quantity, Integer linePrice) {

        Sku {
            quantity = Objects.requireNonNullElse(quantity, 1);
            linePrice = Objects.requireNonNullElse(linePrice, 0);
        }
    }

    /** Where a bag stands. */
    enum BagStatus {
        IN_PROGRESS,
        SUBMITTED,
        ACCEPTED,
        COMPLETED,
        PARTIALLY_REFUNDED,
        REFUNDED,
        REJECTED,
        CANCELED;

        boolean isRefundable() {
            return switch (this) {
                case SUBMITTED, ACCEPTED, COMPLETED, PARTIALLY_REFUNDED, CANCELED -> true;
                case IN_PROGRESS, REFUNDED, REJECTED -> false;
            };
        }
    }
}
