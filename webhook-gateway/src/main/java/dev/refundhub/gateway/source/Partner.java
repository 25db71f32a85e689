package dev.refundhub.gateway.source;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Question;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Shown;
import dev.refundhub.gateway.optoro.OptoroWebhook;
import dev.refundhub.gateway.refundid.RefundidFetch;
import dev.refundhub.gateway.refundid.RefundidWebhook;
import dev.refundhub.gateway.shippedsuite.ShippedSuiteWebhook;
import dev.refundhub.gateway.violet.VioletWebhook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Whom we can hear: the one place that knows the partners' packages. */
enum Partner {
    OPTORO("optoro"),
    REFUNDID("refundid"),
    SHIPPED_SUITE("shipped-suite"),
    VIOLET("violet");

    private final String word;

    Partner(String word) {
        this.word = word;
    }

    /** As it stands in the settings. */
    static Optional<Partner> named(String word) {
        return Stream.of(values()).filter(partner -> partner.word.equals(word)).findFirst();
    }

    String word() {
        return word;
    }

    /** Where this partner puts its signature; empty if it signs nothing. */
    List<String> hmacHeaders() {
        return switch (this) {
            case OPTORO, REFUNDID -> List.of();
            case SHIPPED_SUITE -> ShippedSuiteWebhook.HMAC_HEADERS;
            case VIOLET -> VioletWebhook.HMAC_HEADERS;
        };
    }

    /** Violet knows the contract and not whose order it is. */
    boolean hasAccount() {
        return this == VIOLET;
    }

    /** The words that it may put behind the source's address. */
    Set<String> doors() {
        return this == REFUNDID ? Set.of(RefundidWebhook.DOOR) : Set.of();
    }

    /** The words behind the source's address under which it asks to be shown something. */
    Set<String> questions() {
        return this == REFUNDID ? RefundidFetch.QUESTIONS : Set.of();
    }

    /** What it asks with one of those words and these parameters. */
    Question ask(String word, UnaryOperator<String> parameters) {
        return switch (this) {
            case REFUNDID -> RefundidFetch.read(word, parameters);
            case OPTORO, SHIPPED_SUITE, VIOLET -> new Question.Incomplete();
        };
    }

    /** What it is shown, in its own words. */
    Map<String, Object> answer(Question question, Shown shown) {
        return switch (this) {
            case REFUNDID -> RefundidFetch.answer(question, shown);
            case OPTORO, SHIPPED_SUITE, VIOLET -> Map.of();
        };
    }

    /** What it says. The owner is the seller, or the account of a partner that has accounts. */
    Reading read(Delivery delivery, String owner) {
        return switch (this) {
            case OPTORO -> OptoroWebhook.read(delivery, owner);
            case REFUNDID -> RefundidWebhook.read(delivery, owner);
            case SHIPPED_SUITE -> ShippedSuiteWebhook.read(delivery, owner);
            case VIOLET -> VioletWebhook.read(delivery, owner);
        };
    }
}
