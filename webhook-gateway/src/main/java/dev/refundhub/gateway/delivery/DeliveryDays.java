package dev.refundhub.gateway.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jboss.logging.Logger;

/** Every day has its partition before it begins. */
@ApplicationScoped
class DeliveryDays {

    private static final Logger LOG = Logger.getLogger(DeliveryDays.class);

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'delivery_'uuuuMMdd");

    private final AgroalDataSource database;
    private final int ahead;
    private volatile LocalDate prepared;

    @Inject
    DeliveryDays(AgroalDataSource database, DeliverySettings settings) {
        this.database = database;
        this.ahead = settings.daysAhead();
    }

    /** Before the first request can arrive, or soon after: meanwhile there is the default partition. */
    void atStart(@Observes StartupEvent start) {
        prepare();
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void prepare() {
        LocalDate last = LocalDate.now(ZoneOffset.UTC).plusDays(ahead);
        if (last.equals(prepared)) {
            return;
        }
        try {
            prepareUntil(last);
            prepared = last;
        } catch (SQLException notNow) {
            LOG.errorf("the days until %s have no partitions yet: %s", last, notNow);
        }
    }

    void prepareUntil(LocalDate last) throws SQLException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '2s'");
            statement.execute("select pg_advisory_xact_lock(hashtext('delivery days'))");
            for (LocalDate day : today.datesUntil(last.plusDays(1)).toList()) {
                if (isMissing(day, statement)) {
                    create(day, statement);
                }
            }
            connection.commit();
        }
    }

    private static boolean isMissing(LocalDate day, Statement statement) throws SQLException {
        try (ResultSet missing =
                statement.executeQuery("select to_regclass('%s') is null".formatted(NAME.format(day)))) {
            missing.next();
            return missing.getBoolean(1);
        }
    }

    /**
     * Attached rather than created in place: that needs no lock that would stop the deliveries of today. What of that day went
     * into the default partition moves with it.
     */
    private static void create(LocalDate day, Statement statement) throws SQLException {
        for (String sql : List.of(
                "create table %1$s (like delivery including all)",
                "with stray as (delete from delivery_default where id >= '%2$s' and id < '%3$s' returning *)"
                        + " insert into %1$s select * from stray",
                "alter table delivery attach partition %1$s for values from ('%2$s') to ('%3$s')")) {
            statement.execute(sql.formatted(NAME.format(day), lowest(day), lowest(day.plusDays(1))));
        }
    }

    private static String lowest(LocalDate day) {
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return DeliveryId.lowestAt(midnight).toString();
    }
}
