package dev.refundhub.local.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Where PostgreSQL is and how to get in; each service has a database of its own there. */
public record Databases(String host, int port, String user, String password) {
    private static final List<String> NAMES = List.of("gateway", "refunds", "connectors");

    public String jdbc(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    String reactive(String database) {
        return "postgresql://" + host + ":" + port + "/" + database;
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbc(database), user, password);
    }

    void create() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String name : NAMES) {
                if (!exists(statement, name)) {
                    statement.execute("create database " + name);
                }
            }
        } catch (SQLException e) {
            throw new CannotStart("PostgreSQL at " + host + ":" + port + " refuses: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet found = statement.executeQuery("select from pg_database where datname = '" + name + "'")) {
            return found.next();
        }
    }
}
