package dev.refundhub.connectors.instruction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.connectors.instruction.Heard.Instruction;
import dev.refundhub.connectors.instruction.Heard.Unreadable;
import dev.refundhub.messages.PartnerReport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Writes instructions into the journal: what is already there stays what it is, and its report is told again. */
@ApplicationScoped
class Register {

    /**
     * What the journal has stays what it was ordered as. Since a restore another refund may stand for the same payment, and have
     * been decided otherwise, by a cent or more: it is told what really was ordered and became of it, so that it does not wait
     * for ever; what it ordered is put aside.
     */
    private static final String INSERT =
            """
            insert into call (instruction_id, kind, seller, order_id, refund_id, account, currency, bag_id, terms,
                instruction, trace, next_at, state, revision, report, tell_no)
            select id, kind, seller, order_id, refund_id, account, currency, bag_id, terms, instruction, trace,
                now(), case when report is null then 'DUE' else 'DONE' end, case when report is null then 0 else 1 end,
                report, case when report is null then 0 else 1 end
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[],
                $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[])
                as heard (id, kind, seller, order_id, refund_id, account, currency, bag_id, terms, instruction, report, trace)
            order by id
            on conflict (instruction_id) do update set
                refund_id = excluded.refund_id, trace = excluded.trace,
                instruction = case when excluded.state = 'DUE' and call.terms = excluded.terms
                    then excluded.instruction else call.instruction end,
                tell_no = case when call.report is null then call.tell_no else call.tell_no + 1 end,
                tell_at = now()
            where call.terms = excluded.terms
                or (call.kind = 'PAY' and excluded.kind = 'PAY' and call.refund_id <> excluded.refund_id
                    and call.seller = excluded.seller and call.order_id = excluded.order_id
                    and call.account = excluded.account and call.currency = excluded.currency
                    and call.bag_id = excluded.bag_id)
            returning instruction_id, terms
            """;

    /**
     * A confirmation may be told again, so who orders it again gets another try; a payment is never tried again. So is one of a
     * refund that has another id since a restore, or the partner would know it by an id that leads nowhere.
     */
    private static final String REOPEN =
            """
            update call set state = 'DUE', since = now(), next_at = now(), tries = 0
            where instruction_id = any($1) and kind = 'CONFIRM' and state = 'DONE'
              and (report::json ->> 'outcome' <> 'COMPLETED' or (report::json ->> 'refundId')::bigint <> refund_id)
            """;

    private static final String PUT_ASIDE =
            """
            insert into dead_letter (topic, kafka_part, kafka_offset, record_sha256, record_key, record_value, headers, reason)
            values ($1, $2, $3, encode(sha256($5), 'hex'), $4, $5, $6, $7)
            on conflict do nothing
            """;

    private final ObjectMapper json;

    Register(ObjectMapper json) {
        this.json = json;
    }

    /** The ids that were taken; the others are there already, with other terms. */
    Uni<Set<String>> insert(SqlConnection connection, Collection<Instruction> instructions) {
        List<Instruction> all = List.copyOf(instructions);
        Map<String, String> terms =
                all.stream().collect(Collectors.toMap(Instruction::instructionId, Instruction::terms));
        Tuple values = Tuple.tuple()
                .addValue(column(all, String[]::new, Instruction::instructionId))
                .addValue(column(all, String[]::new, Instruction::kind))
                .addValue(column(all, String[]::new, Instruction::seller))
                .addValue(column(all, String[]::new, Instruction::orderId))
                .addValue(column(all, Long[]::new, Instruction::refundId))
                .addValue(column(all, String[]::new, Instruction::account))
                .addValue(column(all, String[]::new, Instruction::currency))
                .addValue(column(all, Long[]::new, Instruction::bagId))
                .addValue(column(all, String[]::new, Instruction::terms))
                .addValue(column(all, String[]::new, Instruction::text))
                .addValue(column(all, String[]::new, this::refusal))
                .addValue(column(all, String[]::new, heard -> heard.from().trace()));
        return connection.preparedQuery(INSERT).execute(values).map(rows -> {
            Set<String> taken = new HashSet<>();
            rows.forEach(row -> {
                if (terms.get(row.getString(0)).equals(row.getString(1))) {
                    taken.add(row.getString(0));
                }
            });
            return taken;
        });
    }

    Uni<Void> reopen(SqlConnection connection, List<String> heardAgain) {
        return connection
                .preparedQuery(REOPEN)
                .execute(Tuple.of(heardAgain.toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> putAside(SqlConnection connection, Collection<Unreadable> unreadable) {
        return connection
                .preparedQuery(PUT_ASIDE)
                .executeBatch(unreadable.stream().map(Register::letter).toList())
                .replaceWithVoid();
    }

    private static Tuple letter(Unreadable unreadable) {
        var raw = unreadable.from().raw();
        return Tuple.tuple()
                .addString(raw.topic())
                .addInteger(raw.partition())
                .addLong(raw.offset())
                .addBuffer(buffer(unreadable.from().key()))
                .addBuffer(buffer(unreadable.from().value()))
                .addString(unreadable.from().headers())
                .addString(unreadable.reason());
    }

    private static Buffer buffer(byte[] bytes) {
        return Buffer.buffer(bytes);
    }

    private static <V> V[] column(List<Instruction> all, IntFunction<V[]> array, Function<Instruction, V> value) {
        return all.stream().map(value).toArray(array);
    }

    /** The last word on what is not carried out; null where it is. */
    private String refusal(Instruction heard) {
        if (heard.refusal() == null) {
            return null;
        }
        try {
            return json.writeValueAsString(new PartnerReport(
                    heard.instructionId(),
                    heard.seller(),
                    heard.orderId(),
                    heard.refundId(),
                    heard.kind(),
                    1,
                    "NOT_SENT",
                    true,
                    0,
                    heard.currency(),
                    null,
                    null,
                    heard.refusal(),
                    0,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    List.of(),
                    List.of()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report that cannot be written", impossible);
        }
    }
}
