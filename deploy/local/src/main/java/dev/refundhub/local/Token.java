package dev.refundhub.local;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Settings;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Prints a bearer token of the running issuer, and nothing else. */
final class Token {
    private Token() {}

    static void run(Settings settings, String[] words) {
        Arguments arguments = Arguments.parse(words, Set.of("--seller", "--subject"), Set.of());
        if (arguments.words().size() != 1) {
            throw new CannotStart("A token for whom? One of seller, customer, operator, service, gateway.");
        }
        Role role = role(arguments.words().get(0));
        String form = "role=" + role
                + "&seller=" + encode(arguments.option("--seller").orElse("acme"))
                + "&subject=" + encode(arguments.option("--subject").orElse(role + "-1"));
        System.out.println(ask(settings.issuer(), form));
    }

    private static Role role(String word) {
        try {
            return Role.named(word);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("There is no role " + word + ": seller, customer, operator, service or gateway.", e);
        }
    }

    private static String ask(String issuer, String form) {
        try {
            Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
            Reply reply = Http.send("POST", issuer + "/token", headers, form.getBytes(StandardCharsets.UTF_8));
            return reply.json().path("access_token").asText();
        } catch (UncheckedIOException e) {
            throw new CannotStart("No issuer answers at " + issuer + ": is the stack up? (deploy/local/up)", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
