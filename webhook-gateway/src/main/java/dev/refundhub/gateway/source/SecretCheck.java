package dev.refundhub.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** One of our secrets, word by word, in exactly one header of that name: a password, a bearer token or an API key. */
final class SecretCheck implements Predicate<Arrived> {

    private final String header;
    private final String scheme;
    private final List<byte[]> expected;

    private SecretCheck(String header, String scheme, List<String> expected) {
        this.header = header;
        this.scheme = scheme;
        this.expected = expected.stream().map(secret -> secret.getBytes(UTF_8)).toList();
    }

    static SecretCheck basic(String user, List<String> passwords) {
        return new SecretCheck(
                "Authorization",
                "Basic ",
                passwords.stream()
                        .map(password -> Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)))
                        .toList());
    }

    static SecretCheck bearer(List<String> tokens) {
        return new SecretCheck("Authorization", "Bearer ", tokens);
    }

    static SecretCheck header(String name, List<String> keys) {
        return new SecretCheck(name, "", keys);
    }

    @Override
    public boolean test(Arrived arrived) {
        List<String> given = arrived.headers().getAll(header);
        String first = given.isEmpty() ? "" : given.get(0);
        boolean hasScheme = first.regionMatches(true, 0, scheme, 0, scheme.length());
        byte[] secret = (hasScheme ? first.substring(scheme.length()) : first).getBytes(UTF_8);
        boolean known = false;
        for (byte[] one : expected) {
            known |= MessageDigest.isEqual(secret, one);
        }
        return known && hasScheme && given.size() == 1;
    }
}
