package dev.refundhub.connectors.look;

import java.time.Duration;

/**
 * A look that this process has claimed.
 *
 * @param age how long it is owed
 * @param tries how often it was tried in vain
 */
record Look(
        String instructionId,
        String seller,
        String orderId,
        String account,
        long violetOrderId,
        long bagId,
        String why,
        String trace,
        int claimNo,
        Duration age,
        int tries) {

    /** Those of one bag need one look. */
    record Bag(String account, long violetOrderId, long bagId) {}

    Bag bag() {
        return new Bag(account, violetOrderId, bagId);
    }
}
