package dev.refundhub.gateway.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Every day has its partition before it begins. */
@ApplicationScoped
class DeliveryDays {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'delivery_'uuuuMMdd");

    private final AgroalDataSource database;
    private final int ahead;

    @Inject
    DeliveryDays(AgroalDataSource database, DeliverySettings settings) {
        this.database = database;
        this.ahead = settings.daysAhead();
    }

    /** Before the first request can arrive: what once lies in the default partition is in the way of its day's. */
    void atStart(@Observes StartupEvent start) throws SQLException {
        prepare();
    }

    @Scheduled(every = "1h", delayed = "1h")
    void prepare() throws SQLException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtext('delivery days'))");
            for (LocalDate day : Stream.iterate(today, day -> day.plusDays(1))
                    .limit(ahead + 1L)
                    .toList()) {
                prepare(day, statement);
            }
            connection.commit();
        }
    }

    /** Attached rather than created in place: that needs no lock that would stop the deliveries of today. */
    private static void prepare(LocalDate day, Statement statement) throws SQLException {
        String name = NAME.format(day);
        try (var found = statement.executeQuery("select to_regclass('" + name + "') is null")) {
            found.next();
            if (!found.getBoolean(1)) {
                return;
            }
        }
        for (String sql : List.of(
                "set local lock_timeout = '2s'",
                "create table %s (like delivery including all)".formatted(name),
                "alter table delivery attach partition %s for values from ('%s') to ('%s')"
                        .formatted(name, lowest(day), lowest(day.plusDays(1))))) {
            statement.execute(sql);
        }
    }

    private static String lowest(LocalDate day) {
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return DeliveryId.lowestAt(midnight).toString();
    }
}
