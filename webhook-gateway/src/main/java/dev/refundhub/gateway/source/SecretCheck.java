package dev.refundhub.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One of our secrets, word by word, in exactly one header of that name: a password, a bearer token or an API key. */
final class SecretCheck implements Check {

    private final String name;
    private final String header;
    private final String scheme;
    private final List<byte[]> expected;

    private SecretCheck(String name, String header, String scheme, List<String> expected) {
        this.name = name;
        this.header = header;
        this.scheme = scheme;
        this.expected = expected.stream().map(secret -> secret.getBytes(UTF_8)).toList();
    }

    static SecretCheck basic(String user, List<String> passwords) {
        return new SecretCheck(
                "basic",
                "Authorization",
                "Basic ",
                passwords.stream()
                        .map(password -> Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)))
                        .toList());
    }

    static SecretCheck bearer(List<String> tokens) {
        return new SecretCheck("bearer", "Authorization", "Bearer ", tokens);
    }

    static SecretCheck header(String header, List<String> keys) {
        return new SecretCheck("header", header, "", keys);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Object> demands() {
        return Map.of("header", header, "secrets", expected.size());
    }

    @Override
    public Finding judge(Arrived arrived) {
        List<String> given = arrived.headers().getAll(header);
        String first = given.isEmpty() ? "" : given.get(0);
        boolean hasScheme = first.regionMatches(true, 0, scheme, 0, scheme.length());
        byte[] secret = (hasScheme ? first.substring(scheme.length()) : first).getBytes(UTF_8);
        boolean known = false;
        for (byte[] one : expected) {
            known |= MessageDigest.isEqual(secret, one);
        }
        if (given.size() != 1) {
            return given.isEmpty() ? Finding.MISSING : Finding.DOUBLED;
        }
        return known && hasScheme ? Finding.HOLDS : Finding.WRONG;
    }
}
