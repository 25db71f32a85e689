package dev.refundhub.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role that the service works as owns nothing, and nothing that was accepted can be taken back by it. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class RightsTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table beside (id int)",
                "drop table delivery",
                "alter table delivery add column more text",
                "truncate delivery",
                "delete from delivery",
                "delete from delivery_default",
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
