package dev.refundhub.refunds;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
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
    private static final String OF_ONE = " = :these";

    private Queries() {}

    /**
     * A query of what is one of these, which mostly are one.
     *
     * @param hql has {@code in :these} in it, once
     */
    public static <T> Mutiny.SelectionQuery<T> among(
            Mutiny.Session session, String hql, Class<T> type, Collection<?> these) {
        return these.size() == 1
                ? session.createSelectionQuery(hql.replace(OF_LIST, OF_ONE), type)
                        .setParameter("these", these.iterator().next())
                : session.createSelectionQuery(hql, type).setParameter("these", List.copyOf(these));
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
