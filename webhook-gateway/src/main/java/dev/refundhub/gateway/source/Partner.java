package dev.refundhub.gateway.source;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.shippedsuite.ShippedSuiteWebhook;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom we can hear: the one place that knows the partners' packages. */
enum Partner {
    SHIPPED_SUITE("shipped-suite");

    private final String word;

    Partner(String word) {
        this.word = word;
    }

    /** As it stands in the settings. */
    static Optional<Partner> named(String word) {
        return Stream.of(values()).filter(partner -> partner.word.equals(word)).findFirst();
    }

    List<String> hmacHeaders() {
        return switch (this) {
            case SHIPPED_SUITE -> ShippedSuiteWebhook.HMAC_HEADERS;
        };
    }

    Reading read(Delivery delivery, String seller) {
        return switch (this) {
            case SHIPPED_SUITE -> ShippedSuiteWebhook.read(delivery, seller);
        };
    }
}
