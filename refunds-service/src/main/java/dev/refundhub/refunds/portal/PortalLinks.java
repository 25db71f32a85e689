package dev.refundhub.refunds.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.refundhub.refunds.refund.Sellers;
import dev.refundhub.refunds.web.Conflict;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Addresses of Refundid's portal for one order or return, with the key that the portal hands back. */
@ApplicationScoped
class PortalLinks {

    private final String portal;
    private final Sellers sellers;
    private final PrivacyKeys keys;

    PortalLinks(@ConfigProperty(name = "hub.refundid.portal") String portal, Sellers sellers, PrivacyKeys keys) {
        this.portal = portal;
        this.sellers = sellers;
        this.keys = keys;
    }

    /** The names of the parameters are Refundid's own (its page on redirects). */
    String toOrder(String seller, ShownOrders.Found order, String email) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("shop", shop(seller));
        parameters.put("email", email);
        parameters.put("order_number", order.number() == null ? order.orderId() : order.number());
        parameters.put("merchant_order_ref", order.orderId());
        parameters.put("key", keys.issue(PrivacyKeys.Of.ORDER, seller, order.orderId(), Instant.now()));
        return address(parameters);
    }

    String toReturn(String seller, String ref) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("shop", shop(seller));
        parameters.put("merchant_rma_ref", ref);
        parameters.put("key", keys.issue(PrivacyKeys.Of.RETURN, seller, ref, Instant.now()));
        return address(parameters);
    }

    private String shop(String seller) {
        return sellers.refundidShop(seller)
                .orElseThrow(() -> new Conflict("No contract with Refundid is set up for this seller."));
    }

    private String address(Map<String, String> parameters) {
        return portal
                + parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
