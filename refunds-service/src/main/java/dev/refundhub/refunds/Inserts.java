package dev.refundhub.refunds;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Stores new entities as Hibernate maps them, all of a kind with one statement. Hibernate sends one for each, and for each
 * PostgreSQL reads all that the table checks anew, which costs more than to store a row. The session does not know them.
 */
@ApplicationScoped
public class Inserts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A parameter that is said to be JSON would be sent as a text within JSON. */
    private static final String INSERT =
            """
            insert into %s (%s)
            select %s from json_populate_recordset(cast(null as %s), cast(cast(:rows as text) as json)) as given
            """;

    private final Mutiny.SessionFactory sessions;
    private final Map<Class<?>, Kind> kinds = new ConcurrentHashMap<>();

    Inserts(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Stores what is given, in its order; nothing that hangs on it. */
    public <T> Uni<Void> insert(Mutiny.Session session, Class<T> type, List<T> entities) {
        if (entities.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Kind kind = kinds.computeIfAbsent(type, this::kind);
        ArrayNode rows = JSON.arrayNode(entities.size());
        entities.forEach(entity -> rows.add(kind.row(entity)));
        return session.createNativeQuery(kind.sql())
                .setParameter("rows", rows.toString())
                .executeUpdate()
                .replaceWithVoid();
    }

    private Kind kind(Class<?> type) {
        EntityPersister mapping = ((MappingMetamodel) sessions.getMetamodel()).getEntityDescriptor(type);
        List<String> columns = new ArrayList<>();
        mapping.getIdentifierMapping().forEachSelectable((i, column) -> columns.add(column.getSelectionExpression()));
        mapping.forEachAttributeMapping(attribute -> attribute.forEachSelectable((i, column) -> {
            if (isWritten(column)) {
                columns.add(column.getSelectionExpression());
            }
        }));
        return new Kind(mapping, insert(mapping.getIdentifierTableName(), columns));
    }

    private static String insert(String table, List<String> columns) {
        String given = columns.stream().map(column -> "given." + column).collect(Collectors.joining(", "));
        return INSERT.formatted(table, String.join(", ", columns), given, table);
    }

    private static boolean isWritten(SelectableMapping column) {
        return column.isInsertable() && !column.isFormula();
    }

    private record Kind(EntityPersister mapping, String sql) {

        ObjectNode row(Object entity) {
            ObjectNode row = JSON.objectNode();
            put(
                    row,
                    mapping.getIdentifierMapping(),
                    mapping.getIdentifierMapping().getIdentifier(entity));
            mapping.forEachAttributeMapping(attribute -> {
                if (!attribute.isPluralAttributeMapping()) {
                    put(row, attribute, attribute.getValue(entity));
                }
            });
            return row;
        }

        private static void put(ObjectNode row, ModelPart part, Object value) {
            part.decompose(
                    value,
                    (i, columnValue, column) -> {
                        if (columnValue != null && isWritten(column)) {
                            put(row, column.getSelectionExpression(), columnValue);
                        }
                    },
                    null);
        }

        private static void put(ObjectNode row, String column, Object value) {
            if (value instanceof Long number) {
                row.put(column, number);
            } else if (value instanceof Integer number) {
                row.put(column, number);
            } else if (value instanceof Boolean truth) {
                row.put(column, truth);
            } else if (value instanceof Enum<?> named) {
                row.put(column, named.name());
            } else if (value instanceof String text) {
                row.put(column, text);
            } else if (value instanceof Instant time) {
                row.put(column, time.toString());
            } else {
                throw new IllegalArgumentException("nobody said how to store a " + value.getClass() + " in " + column);
            }
        }
    }
}
