package dev.refundhub.local.prove.check;

import dev.refundhub.local.stack.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the tables of the services as nobody else does: from outside. */
final class Tables {
    private final Databases databases;

    Tables(Databases databases) {
        this.databases = databases;
    }

    /** A row as it was read. */
    record Row(List<Object> columns) {
        String text(int column) {
            return columns.get(column) == null ? null : columns.get(column).toString();
        }

        long number(int column) {
            return columns.get(column) == null ? 0 : ((Number) columns.get(column)).longValue();
        }
    }

    List<Row> read(String database, String sql, Object... values) throws SQLException {
        try (Connection connection = databases.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int column = 1; column <= columns; column++) {
                        row.add(found.getObject(column));
                    }
                    rows.add(new Row(row));
                }
                return rows;
            }
        }
    }

    long count(String database, String sql, Object... values) throws SQLException {
        return read(database, sql, values).get(0).number(0);
    }
}
