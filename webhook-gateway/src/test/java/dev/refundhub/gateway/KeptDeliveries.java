package dev.refundhub.gateway;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The table as its owner sees it, and what a person does to it. */
@ApplicationScoped
@Unremovable
public class KeptDeliveries {

    private final String database;

    @Inject
    KeptDeliveries(@ConfigProperty(name = "quarkus.datasource.jdbc.url") String database) {
        this.database = database;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database, "postgres", "postgres");
    }

    public int count() {
        return Integer.parseInt(one("select count(*) from delivery"));
    }

    /** State, and the reason if there is one. */
    public String stateOf(String deliveryId) {
        return one("select concat_ws(' ', state, reason) from delivery where id = '" + deliveryId + "'");
    }

    /** How many of these are in that state, asked at once: a connection for each of many takes its time. */
    public int countIn(String state, Collection<String> deliveryIds) {
        return Integer.parseInt(one("select count(*) from delivery where state = '" + state + "' and id = any('{"
                + String.join(",", deliveryIds) + "}')"));
    }

    public String one(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public void change(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** As another process left it that died right after the commit. */
    public void leave(UUID id, String source, byte[] body) {
        try (Connection connection = connect();
                var insert = connection.prepareStatement(
                        "insert into delivery (id, source, received_at, sha256, headers, body, new_since)"
                                + " values (?, ?, now(), '\\x00', '{}', ?, now() - interval '1 minute')")) {
            insert.setObject(1, id);
            insert.setString(2, source);
            insert.setBytes(3, body);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** PostgreSQL answers nobody who wants to write a delivery, until it is closed. */
    public Connection freeze() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table delivery in access exclusive mode");
        }
        return connection;
    }
}
