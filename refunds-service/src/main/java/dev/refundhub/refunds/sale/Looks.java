package dev.refundhub.refunds.sale;

import dev.refundhub.messages.VioletLook;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.OrderKey;
import java.security.SecureRandom;
import java.util.UUID;

/** Instructions to look into a bag at Violet. */
public final class Looks {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Looks() {}

    /** Why somebody looks. */
    public enum Why {
        HINT,
        RECONCILIATION
    }

    public static VioletLook into(Bag bag, OrderKey order, String account, Why why) {
        return new VioletLook(
                newId(System.currentTimeMillis()).toString(),
                VioletLook.KIND,
                order.seller(),
                order.orderId(),
                account,
                bag.violetOrderId(),
                bag.bagId(),
                why.name());
    }

    /** A UUIDv7: it begins with the time. */
    private static UUID newId(long millis) {
        long high = millis << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        long low = 0x8000_0000_0000_0000L | RANDOM.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
