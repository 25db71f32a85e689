package dev.refundhub.connectors.look;

import dev.refundhub.messages.VioletLook;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The looks that are owed an answer. Asking again for one that is not under way changes nothing. */
@ApplicationScoped
public class Looks {

    private static final String KEEP =
            """
            insert into look (instruction_id, seller, order_id, account, violet_order_id, bag_id, why, trace, next_at)
            values ($1, $2, $3, $4, $5, $6, $7, $9,
                now() + case when $7 = 'HINT' then $8::bigint else 0 end * interval '1 millisecond')
            on conflict do nothing
            """;

    private static final String CLAIM =
            """
            with due as (
                select instruction_id from look where account = $1 and next_at <= now()
                order by next_at limit $2 for update skip locked)
            update look set claim_no = claim_no + 1, next_at = now() + $3 * interval '1 millisecond'
            from due where look.instruction_id = due.instruction_id
            returning look.instruction_id, seller, order_id, account, violet_order_id, bag_id, why, trace, claim_no, tries,
                (extract(epoch from now() - since) * 1000)::bigint as age
            """;

    private static final String LATER =
            """
            update look set next_at = now() + $3 * interval '1 millisecond', tries = tries + 1
            where instruction_id = $1 and claim_no = $2
            """;

    private static final String END = "delete from look where instruction_id = $1 and claim_no = $2";

    private final Pool pool;
    private final LookSettings settings;
    private final Duration databaseWithin;

    Looks(
            Pool pool,
            LookSettings settings,
            @ConfigProperty(name = "hub.journal.database-within") Duration databaseWithin) {
        this.pool = pool;
        this.settings = settings;
        this.databaseWithin = databaseWithin;
    }

    /** A look that is wanted, and the traceparent that it came with. */
    public record Told(VioletLook look, String trace) {}

    /** Writes them down as a part of this transaction. */
    public Uni<Void> keep(SqlConnection connection, List<Told> looks) {
        if (looks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(KEEP)
                .executeBatch(looks.stream().map(this::values).toList())
                .replaceWithVoid();
    }

    /** Takes what is due, as many as are given. */
    Uni<List<Look>> claim(String account, int atMost) {
        Tuple values = Tuple.of(account, atMost, settings.lease().toMillis());
        return within(pool.preparedQuery(CLAIM).execute(values))
                .map(rows -> rows.stream().map(Looks::look).toList());
    }

    Uni<Void> later(Look look, Duration pause) {
        Tuple values = Tuple.of(look.instructionId(), look.claimNo(), pause.toMillis());
        return within(pool.preparedQuery(LATER).execute(values)).replaceWithVoid();
    }

    Uni<Void> end(Look look) {
        Tuple values = Tuple.of(look.instructionId(), look.claimNo());
        return within(pool.preparedQuery(END).execute(values)).replaceWithVoid();
    }

    private <T> Uni<T> within(Uni<T> step) {
        return step.ifNoItem().after(databaseWithin).fail();
    }

    private Tuple values(Told told) {
        VioletLook look = told.look();
        return Tuple.tuple()
                .addString(look.instructionId())
                .addString(look.seller())
                .addString(look.orderId())
                .addString(look.account())
                .addLong(look.violetOrderId())
                .addLong(look.bagId())
                .addString(look.why())
                .addLong(settings.gather().toMillis())
                .addString(told.trace());
    }

    private static Look look(Row row) {
        return new Look(
                row.getString("instruction_id"),
                row.getString("seller"),
                row.getString("order_id"),
                row.getString("account"),
                row.getLong("violet_order_id"),
                row.getLong("bag_id"),
                row.getString("why"),
                row.getString("trace"),
                row.getInteger("claim_no"),
                Duration.ofMillis(row.getLong("age")),
                row.getInteger("tries"));
    }
}
