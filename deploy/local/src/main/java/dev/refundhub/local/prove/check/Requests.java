package dev.refundhub.local.prove.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Violet was asked to pay, by what it heard. Who asks again after anything but a refusal may pay twice, also where luck
 * had it that no money moved the first time.
 */
final class Requests {
    private static final Pattern PAYING = Pattern.compile("/v1/orders/\\d+/bags/\\d+/refunds");
    private static final Pattern REFERENCE = Pattern.compile("\"reason\"\\s*:\\s*\"(hub-[0-9a-z]{16})");
    private static final int REFUSED = 400;
    private static final int BROKEN = 500;

    private Requests() {}

    /** How many with each reference were heard and not refused (4xx), of the newest that Violet remembers. */
    static Map<String, Integer> notRefused(String violet) {
        Map<String, Integer> asked = new TreeMap<>();
        for (JsonNode exchange :
                Http.get(violet + "/_simulator/exchanges?method=POST", Map.of()).json()) {
            Matcher reference = REFERENCE.matcher(exchange.path("body").asText());
            if (PAYING.matcher(exchange.path("path").asText()).matches()
                    && !isRefused(exchange.path("status").asInt())
                    && reference.find()) {
                asked.merge(reference.group(1), 1, Integer::sum);
            }
        }
        return asked;
    }

    /** No status is 0: nothing was answered. */
    private static boolean isRefused(int status) {
        return status >= REFUSED && status < BROKEN;
    }
}
