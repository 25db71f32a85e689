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
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Every day has its partition before it begins, and loses it when its deliveries have been kept long enough. */
@ApplicationScoped
class DeliveryDays {

    private static final Logger LOG = Logger.getLogger(DeliveryDays.class);

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'delivery_'uuuuMMdd");

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
     * Drops the days before this one, each in its own transaction, which is given up before deliveries would have to wait long. What was never told is not gone with its day: it goes into the
     * default partition and is told from there.
     */
    void forgetBefore(LocalDate first) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String day : daysBefore(first, statement)) {
                begin(statement);
                statement.execute("set local lock_timeout = '500ms'");
                statement.execute("set local statement_timeout = '3s'");
                if (isMissing(day, statement)) {
                    connection.rollback();
                    continue;
                }
                drop(day, statement);
                connection.commit();
                LOG.infof("%s is gone", day);
            }
            statement.execute(
                    "delete from delivery_default where id < '%s' and state <> 'NEW'".formatted(lowest(first)));
            connection.commit();
        }
    }

    private static List<String> daysBefore(LocalDate first, Statement statement) throws SQLException {
        List<String> days = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(
                """
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'delivery'::regclass and c.relname ~ '^delivery_[0-9]{8}$' and c.relname < '%s'
                order by c.relname
                """
                        .formatted(NAME.format(first)))) {
            while (found.next()) {
                days.add(found.getString(1));
            }
        }
        return days;
    }

    private static void drop(String day, Statement statement) throws SQLException {
        statement.execute("alter table delivery detach partition " + day);
        try (ResultSet quarantined =
                statement.executeQuery("select count(*) from %s where state = 'QUARANTINED'".formatted(day))) {
            quarantined.next();
            if (quarantined.getLong(1) > 0) {
                LOG.warnf("%d deliveries of %s go that nobody ever understood", quarantined.getLong(1), day);
            }
        }
        statement.execute("insert into delivery select * from %s where state = 'NEW'".formatted(day));
        statement.execute("drop table " + day);
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
                if (isMissing(NAME.format(day), statement)) {
                    create(day, statement);
                }
            }
            connection.commit();
        }
    }

    private static boolean isMissing(String day, Statement statement) throws SQLException {
        try (ResultSet missing = statement.executeQuery("select to_regclass('%s') is null".formatted(day))) {
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
