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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Every day has its partition before it begins, and loses it when its deliveries have been kept long enough. The owner's functions
 * do it ({@code V2__days.sql}): the service itself can make and drop nothing.
 */
@ApplicationScoped
class DeliveryDays {

    private static final Logger LOG = Logger.getLogger(DeliveryDays.class);

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'delivery_'uuuuMMdd");

    private static final int MOST_AHEAD = 365;

    private final AgroalDataSource database;
    private final int ahead;
    private final int kept;
    private volatile LocalDate prepared;
    private volatile LocalDate forgotten;

    @Inject
    DeliveryDays(AgroalDataSource database, DeliverySettings settings) {
        this.database = database;
        this.ahead = settings.daysAhead();
        this.kept = settings.daysKept();
        if (kept < 1) {
            throw new IllegalStateException("hub.delivery.days-kept must be 1 or more");
        }
        if (ahead < 0 || ahead > MOST_AHEAD) {
            throw new IllegalStateException("hub.delivery.days-ahead must be from 0 to " + MOST_AHEAD);
        }
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

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(kept);
        if (first.equals(forgotten)) {
            return;
        }
        try {
            forgetBefore(first);
            forgotten = first;
        } catch (SQLException notNow) {
            LOG.warnf("deliveries from before %s are still there: %s", first, notNow);
        }
    }

    /**
     * Drops the days before this one, each in its own transaction, which is given up before deliveries would have to wait long.
     * What was never told is not gone with its day.
     */
    void forgetBefore(LocalDate first) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (LocalDate day : daysBefore(first, statement)) {
                begin(statement);
                statement.execute("set local lock_timeout = '500ms'");
                statement.execute("set local statement_timeout = '3s'");
                forget(day, statement);
                connection.commit();
            }
            statement.execute("select forget_stray_deliveries('%s')".formatted(first));
            connection.commit();
        }
    }

    private static List<LocalDate> daysBefore(LocalDate first, Statement statement) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(
                """
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'delivery'::regclass and c.relname ~ '^delivery_[0-9]{8}$' and c.relname < '%s'
                order by c.relname
                """
                        .formatted(NAME.format(first)))) {
            while (found.next()) {
                days.add(LocalDate.parse(found.getString(1), NAME));
            }
        }
        return days;
    }

    private static void forget(LocalDate day, Statement statement) throws SQLException {
        try (ResultSet gone = statement.executeQuery("select forget_delivery_day('%s')".formatted(day))) {
            gone.next();
            long quarantined = gone.getLong(1);
            if (gone.wasNull()) {
                return;
            }
            LOG.infof("the deliveries of %s are gone", day);
            if (quarantined > 0) {
                LOG.warnf("%d of them were never understood", quarantined);
            }
        }
    }

    /** One replica at a time, and nobody waits long for it. */
    private static void begin(Statement statement) throws SQLException {
        statement.execute("set local lock_timeout = '2s'");
        statement.execute("select pg_advisory_xact_lock(hashtext('delivery days'))");
    }

    void prepareUntil(LocalDate last) throws SQLException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            begin(statement);
            for (LocalDate day : today.datesUntil(last.plusDays(1)).toList()) {
                statement.execute("select prepare_delivery_day('%s')".formatted(day));
            }
            connection.commit();
        }
    }
}
