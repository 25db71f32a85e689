package dev.refundhub.gateway.source;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Question;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Shown;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One configured webhook address: whose it is, and what makes a request trusted.
 *
 * @param owner the seller, or the account of a partner that has accounts
 */
public record Source(String name, Partner partner, String owner, Checks checks) {

    private static final List<String> CREDENTIALS =
            List.of("token", "key", "secret", "signature", "hmac", "authorization", "cookie");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** What its checks say of a request. */
    public Judgement judge(Arrived arrived) {
        return checks.judge(arrived);
    }

    /** What a trusted delivery of this source means. */
    public Reading read(Delivery delivery) {
        return partner.read(delivery, owner);
    }

    /** What it asks to be shown. */
    public Question ask(String word, UnaryOperator<String> parameters) {
        return partner.ask(word, parameters);
    }

    /** What it is shown, in its partner's words. */
    public Map<String, Object> answer(Question question, Shown shown) {
        return partner.answer(question, shown);
    }

    /** What of the headers may be kept: no signature, and none whose name sounds like a credential; of a repeated one all values. */
    public JsonObject headersToKeep(Arrived arrived) {
        JsonObject kept = new JsonObject();
        for (Map.Entry<String, String> header : arrived.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!isCredential(name)) {
                String values = String.join(", ", arrived.headers().getAll(name));
                kept.put(name, CONTROL.matcher(values).replaceAll(""));
            }
        }
        return kept;
    }

    private boolean isCredential(String header) {
        return CREDENTIALS.stream().anyMatch(header::contains) || checks.isCredential(header);
    }
}
