package dev.refundhub.gateway.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A delivery as operators see it, without what it holds.
 *
 * @param state {@code NEW}, {@code TOLD} or {@code QUARANTINED}
 * @param reason why it is in quarantine; left out otherwise
 * @param bytes how long the body is
 * @param sha256 of the body, in hexadecimal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeptDelivery(
        UUID id, String source, Instant receivedAt, String state, String reason, int bytes, String sha256) {

    static final String COLUMNS = "id, source, received_at, state, reason, length(body) as bytes, sha256";

    static KeptDelivery of(Row row) {
        return new KeptDelivery(
                row.getUUID("id"),
                row.getString("source"),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getString("state"),
                row.getString("reason"),
                row.getInteger("bytes"),
                HexFormat.of().formatHex(row.getBuffer("sha256").getBytes()));
    }
}
