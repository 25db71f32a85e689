package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Reading.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What became of a delivery: told, or not understood for a reason. */
record Mark(UUID id, Optional<Reason> quarantined) {

    /**
     * The bounds are for the planner: so it looks only into the days of these ids. They are looked for by a query of its own, or
     * it may look for all of them anew for each row of those days. What somebody else has taken up is left to them, what is
     * final stays as it is.
     */
    private static final String STORE =
            """
            with mine as (
                select id from delivery where id = any($3) and id between $4 and $5 and state = 'NEW'
                for update skip locked)
            update delivery set state = $1, reason = $2
            from mine where delivery.id = mine.id and delivery.id between $4 and $5
            """;

    static Uni<Void> store(List<Mark> marks, SqlClient client) {
        Map<Optional<Reason>, List<UUID>> byOutcome = marks.stream()
                .collect(Collectors.groupingBy(Mark::quarantined, Collectors.mapping(Mark::id, Collectors.toList())));
        return Multi.createFrom()
                .iterable(byOutcome.entrySet())
                .onItem()
                .transformToUniAndConcatenate(outcome -> store(outcome.getKey(), outcome.getValue(), client))
                .collect()
                .last();
    }

    private static Uni<Void> store(Optional<Reason> quarantined, List<UUID> marked, SqlClient client) {
        List<UUID> ids = marked.stream().sorted().toList();
        return client.preparedQuery(STORE)
                .execute(Tuple.of(
                        quarantined.isPresent() ? "QUARANTINED" : "TOLD",
                        quarantined.map(Reason::name).orElse(null),
                        ids.toArray(UUID[]::new),
                        ids.get(0),
                        ids.get(ids.size() - 1)))
                .replaceWithVoid();
    }
}
