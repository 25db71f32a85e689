package dev.refundhub.connectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role that the service works as owns nothing, and no payment can be forgotten by it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RightsTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table beside (id int)",
                "drop table call",
                "drop index paying_is_never_repeated",
                "alter table call disable trigger the_order_stays_the_order",
                "truncate attempt",
                "delete from attempt",
                "update attempt set kind = 'READ'",
                "delete from call",
                "delete from dead_letter",
                "update flyway_schema_history set success = false",
                "create function beside() returns int language sql return 1"
            })
    void theServiceMayNot(String statement) throws SQLException {
        try (Connection service = DriverManager.getConnection(database, "service", "service");
                Statement asking = service.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class, () -> asking.execute(statement));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState(), refusal.getMessage());
        }
    }
}
