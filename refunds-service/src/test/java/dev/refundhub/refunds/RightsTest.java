package dev.refundhub.refunds;

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

/** The role that the service works as owns nothing, and what has happened cannot be changed by it. */
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
                "drop table refund",
                "alter table refund disable trigger what_is_final_stays_final",
                "alter table customer_order drop constraint never_more_than_paid",
                "truncate refund_history",
                "update refund_history set who = who",
                "delete from refund_history",
                "delete from refund",
                "delete from payout",
                "delete from customer_order",
                "delete from idempotency_key",
                "update idempotency_key set refund_id = 1",
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
