package dev.refundhub.refunds;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.Set;

/** Tokens as the OIDC provider would issue them. */
final class Tokens {

    private Tokens() {}

    static String seller(String seller) {
        return of("SELLER", seller, seller + "-clerk");
    }

    static String customer(String seller, String subject) {
        return of("CUSTOMER", seller, subject);
    }

    static String service(String seller) {
        return of("SERVICE", seller, seller + "-orders");
    }

    static String operator() {
        return of("OPERATOR", null, "operator-1");
    }

    /** Seller and subject are left out where they are null. */
    static String of(String role, String seller, String subject) {
        JwtClaimsBuilder claims = Jwt.audience("refund-hub").groups(Set.of(role));
        if (subject != null) {
            claims.subject(subject).preferredUserName(subject);
        }
        if (seller != null) {
            claims.claim("seller_id", seller);
        }
        return claims.expiresIn(600).sign(Surroundings.keys().getPrivate());
    }

    static String forSomebodyElse() {
        return Jwt.audience("another-service")
                .subject("s")
                .groups(Set.of("OPERATOR"))
                .expiresIn(600)
                .sign(Surroundings.keys().getPrivate());
    }
}
