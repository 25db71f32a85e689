package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.Queries;
import dev.refundhub.refunds.web.InFlight;
import dev.refundhub.refunds.web.Unprocessable;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;

/** A request with a key that was carried out already is answered again, for ever. */
@ApplicationScoped
class IdempotencyKeys {

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String LOCK_NOT_HAD = "55P03";

    /** A caller's key, and the digest of what was asked with it. */
    record Key(String seller, String subject, String text, String digest) {

        /** Null where the caller gave none. */
        static Key of(String seller, String subject, String text, byte[] body) {
            if (text == null) {
                return null;
            }
            if (!VISIBLE.matcher(text).matches()) {
                throw new Violations(List.of("Idempotency-Key: must be 1 to 255 visible ASCII characters"));
            }
            return new Key(seller, subject, text, digestOf(body));
        }

        private static String digestOf(byte[] body) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private String lock() {
            return String.join("\n", "idempotency", seller, subject, text);
        }
    }

    /** What was answered. */
    record Answer(long refundId, String body) {}

    /** What was answered to this key before; otherwise nobody else carries it out until this transaction ends. */
    Uni<Optional<Answer>> begin(Mutiny.Session session, Key key) {
        return Queries.column(session, "select count(pg_advisory_xact_lock(hashtextextended(:name, 1)))")
                .setParameter("name", key.lock())
                .getSingleResult()
                .onFailure(IdempotencyKeys::isLockNotHad)
                .transform(e -> new InFlight("A request with this Idempotency-Key is being carried out.", e))
                .chain(() -> session.createNativeQuery(
                                "select digest, refund_id, answer from idempotency_key"
                                        + " where seller = :seller and subject = :subject and key = :key",
                                Object[].class)
                        .setParameter("seller", key.seller())
                        .setParameter("subject", key.subject())
                        .setParameter("key", key.text())
                        .getResultList())
                .map(rows -> rows.stream().findFirst().map(row -> answer(key, row)));
    }

    private static Answer answer(Key key, Object[] row) {
        if (!key.digest().equals(row[0])) {
            throw new Unprocessable("This Idempotency-Key was used with another body.");
        }
        return new Answer(((Number) row[1]).longValue(), (String) row[2]);
    }

    private static boolean isLockNotHad(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                return LOCK_NOT_HAD.equals(pg.getSqlState());
            }
        }
        return false;
    }

    /** Keeps an answer with the refund that it is about. */
    Uni<Void> keep(Mutiny.Session session, Key key, Answer answer, Instant now) {
        return session.createNativeQuery(
                        "insert into idempotency_key (seller, subject, key, digest, refund_id, answer, created_at)"
                                + " values (:seller, :subject, :key, :digest, :refund, :answer, :now)")
                .setParameter("seller", key.seller())
                .setParameter("subject", key.subject())
                .setParameter("key", key.text())
                .setParameter("digest", key.digest())
                .setParameter("refund", answer.refundId())
                .setParameter("answer", answer.body())
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .executeUpdate()
                .replaceWithVoid();
    }
}
