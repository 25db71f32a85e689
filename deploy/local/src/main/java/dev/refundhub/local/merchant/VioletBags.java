package dev.refundhub.local.merchant;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Json;
import dev.refundhub.local.http.Reply;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.MerchantOrder.Line;
import dev.refundhub.messages.MerchantOrder.VioletBag;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an order is at Violet, so that the simulator has the bags that the hub will want to refund. */
public final class VioletBags {
    private VioletBags() {}

    /** Makes known at the simulator whatever of the order was sold through Violet. */
    public static void seed(String simulator, MerchantOrder order) {
        Map<VioletBag, List<Line>> bags = order.lines().stream()
                .filter(line -> line.violet() != null)
                .collect(groupingBy(line ->
                        new VioletBag(line.violet().orderId(), line.violet().bagId())));
        Map<Long, List<VioletBag>> orders = bags.keySet().stream().collect(groupingBy(VioletBag::orderId));
        orders.forEach((id, own) -> {
            List<Map<String, Object>> seeds = own.stream()
                    .map(bag -> seed(order, bag, bags.get(bag), bags.size() == 1))
                    .toList();
            put(simulator + "/_simulator/orders/" + id, Map.of("currency", order.currency(), "bags", seeds));
        });
    }

    /** A bag that is alone was paid what the order was; of several, each was paid its prices. */
    private static Map<String, Object> seed(MerchantOrder order, VioletBag bag, List<Line> lines, boolean alone) {
        Map<String, Object> seed = new HashMap<>();
        seed.put("id", bag.bagId());
        seed.put("skus", lines.stream().map(VioletBags::sku).toList());
        seed.put(
                "shipping_total",
                order.shipping().stream()
                        .filter(shipping -> bag.equals(shipping.violet()))
                        .mapToLong(shipping -> shipping.amountMinor() + shipping.taxMinor())
                        .sum());
        if (alone) {
            seed.put("total", order.paidMinor());
        }
        return seed;
    }

    private static Map<String, Object> sku(Line line) {
        long price = line.quantity() * line.unitPriceMinor() - line.discountMinor() + line.taxMinor();
        return Map.of("id", line.violet().orderSkuId(), "quantity", line.quantity(), "line_price", price);
    }

    private static void put(String address, Map<String, Object> order) {
        try {
            byte[] body = Json.MAPPER.writeValueAsString(order).getBytes(StandardCharsets.UTF_8);
            Reply reply = Http.send("PUT", address, Map.of(), body);
            if (reply.status() != 200) {
                throw new IllegalStateException("Violet's simulator refuses the order: " + reply.body());
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
