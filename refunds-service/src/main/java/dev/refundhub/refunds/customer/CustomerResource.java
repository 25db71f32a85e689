package dev.refundhub.refunds.customer;

import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * Forgets a shopper: names, words and tracking become {@code erased}, what portals show of returns and payment goes; money and
 * history stay.
 */
@Path("/api/v2/customers/{sub}")
@RolesAllowed("SERVICE")
public class CustomerResource {

    private static final String LOCK = "select order_id from customer_order"
            + " where seller = $1 and customer_subject = $2 order by seller, order_id for update";

    private static final String OWN = " in (select r.id from refund r join customer_order o using (seller, order_id)"
            + " where o.seller = $1 and o.customer_subject = $2)";

    private static final String HISTORY = "select erase_from_history($1, $2)";

    private static final String ANSWERS =
            "update idempotency_key set answer = '{\"data\":{\"id\":' || refund_id || '}}',"
                    + " subject = case when subject = $2 then 'erased ' || refund_id else subject end where refund_id"
                    + OWN;

    private static final String REFUNDS = "update refund set"
            + " requester = case when source_kind = 'API' then 'erased' else requester end,"
            + " request_reason = case when request_reason is null then null else 'erased' end,"
            + " response_reason = case when response_reason is null then null else 'erased' end,"
            + " tracking_id = case when tracking_id is null then null else 'erased' end,"
            + " carrier_name = case when carrier_name is null then null else 'erased' end where id" + OWN;

    private static final String SHOWN = "update order_shown s set email = null,"
            + " document = jsonb_set(document::jsonb, '{payment}', 'null')::text from customer_order o"
            + " where o.seller = s.seller and o.order_id = s.order_id and o.seller = $1 and o.customer_subject = $2";

    private static final String RETURNS = "delete from merchant_return r where r.seller = $1 and exists"
            + " (select from jsonb_array_elements(r.document::jsonb -> 'items') item join customer_order o"
            + " on o.seller = r.seller and o.order_id = item ->> 'orderId' where o.customer_subject = $2)";

    private static final String ORDERS =
            "update customer_order set customer_subject = null" + " where seller = $1 and customer_subject = $2";

    private final Caller caller;
    private final Pool database;

    CustomerResource(Caller caller, Pool database) {
        this.caller = caller;
        this.database = database;
    }

    /** 204, also where nobody is known by this subject. What is told of them later is kept anew. */
    @DELETE
    @Cancellable(false)
    public Uni<Void> erase(String sub) {
        if (!Text.isId(sub)) {
            throw new Violations(List.of("sub: must be a subject"));
        }
        Tuple whom = Tuple.of(caller.seller(), sub);
        return database.withTransaction(connection -> {
            Uni<Void> done = Uni.createFrom().voidItem();
            for (String each : List.of(LOCK, HISTORY, ANSWERS, REFUNDS, SHOWN, RETURNS, ORDERS)) {
                done = done.chain(() -> execute(connection, each, whom));
            }
            return done;
        });
    }

    private static Uni<Void> execute(SqlConnection connection, String statement, Tuple whom) {
        return connection.preparedQuery(statement).execute(whom).replaceWithVoid();
    }
}
