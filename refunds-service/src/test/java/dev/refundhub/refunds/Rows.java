package dev.refundhub.refunds;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Looks into the database, past the code. */
final class Rows {

    private Rows() {}

    static long count(String query, Object... parameters) {
        try (Connection connection =
                        Surroundings.postgres().getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void change(String statement) throws SQLException {
        try (Connection connection =
                        Surroundings.postgres().getPostgresDatabase().getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.executeUpdate();
        }
    }

    /** Holds what the query locks until it is closed. */
    static Lock lock(String query) throws SQLException {
        Connection connection = Surroundings.postgres().getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            prepared.execute();
        }
        return new Lock(connection);
    }

    /** Somebody else's transaction. */
    record Lock(Connection connection) implements AutoCloseable {

        /** What the query changed stays so. */
        void commit() throws SQLException {
            connection.commit();
        }

        boolean isHeld() throws SQLException {
            return !connection.isClosed();
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }
}
