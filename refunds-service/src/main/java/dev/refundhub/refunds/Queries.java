package dev.refundhub.refunds;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Queries that Hibernate translates once. It does so each time with one that takes a list, and, up to 7.2, with native SQL whose
 * only column has a type, of which it keeps each translation, too.
 *
 * <p>Before each query Hibernate looks through all that the session has loaded for changes, and stores them one by one. What finds
 * the same without them says {@code FlushMode.MANUAL}.
 */
public final class Queries {
    private static final String OF_LIST = " in :these";

    private Queries() {}

    /**
     * A query of what is one of these. It has a place for each, and as many as the next power of two: those left over take the last
     * once more, so that there are few such queries, and each is translated once.
     *
     * @param hql has {@code in :these} in it, once
     */
    public static <T> Mutiny.SelectionQuery<T> among(
            Mutiny.Session session, String hql, Class<T> type, Collection<?> these) {
        if (these.isEmpty()) {
            return session.createSelectionQuery(hql, type).setParameter("these", List.of());
        }
        List<?> values = List.copyOf(these);
        int places = Integer.highestOneBit(2 * values.size() - 1);
        Mutiny.SelectionQuery<T> query = session.createSelectionQuery(hql.replace(OF_LIST, oneOf(places)), type);
        for (int i = 0; i < places; i++) {
            query.setParameter(place(i), values.get(Math.min(i, values.size() - 1)));
        }
        return query;
    }

    private static String oneOf(int places) {
        return places == 1
                ? " = :" + place(0)
                : IntStream.range(0, places)
                        .mapToObj(i -> ":" + place(i))
                        .collect(Collectors.joining(", ", " in (", ")"));
    }

    private static String place(int i) {
        return "these" + i;
    }

    /** A column of texts, for {@code unnest}; one of them may be null. */
    public static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    /** Native SQL of one column, as PostgreSQL types it. */
    public static <T> Mutiny.Query<T> column(Mutiny.Session session, String sql) {
        return session.createNativeQuery(sql);
    }
}
