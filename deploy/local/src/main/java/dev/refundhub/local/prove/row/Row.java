package dev.refundhub.local.prove.row;

import static dev.refundhub.local.prove.check.Scope.Except.EVERY_EVENT;
import static dev.refundhub.local.prove.check.Scope.Except.NO_DEAD_LETTERS;
import static dev.refundhub.local.prove.check.Scope.Except.WHAT_THE_API_SAID;

import dev.refundhub.local.prove.check.Scope.Except;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the hub has to bear: a kind of fault, and what it excuses. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state, and sets that nobody changes
public enum Row {
    QUIET("nothing is done to it", Processes::leftAlone),
    KILLED("each service is killed (-9) at random", Processes::killedAtRandom),
    POINTS("each is killed before and after each commit, publish and call", Processes::haltedAtPoints),
    TERMINATED("each is asked to end, and comes back", Processes::askedToEnd),
    FROZEN("each does nothing for longer than its leases", Processes::frozen),
    BROKER_STOPPED("the broker is away for a minute", Brokers::stopped),
    BROKER_KILLED("the broker is killed (-9)", Brokers::killed),
    BROKER_LOST("the broker loses everything", Brokers::lost, EVERY_EVENT, NO_DEAD_LETTERS),
    POSTGRES_STOPPED("PostgreSQL is stopped at once", Postgres::stopped),
    POSTGRES_REFUSES("PostgreSQL refuses connections, and some are killed meanwhile", Postgres::refusing),
    LOCK_HELD("somebody holds the lock of the hottest order", Postgres::lockHeld),
    DISK_FULL("the disk of the tables is full", DiskFull::forAWhile),
    REBALANCE("the consumer groups share anew all the time", Brokers::rebalanced),
    GARBAGE("garbage on every topic", Brokers::garbage, NO_DEAD_LETTERS),
    PARTNERS_FAIL("the partners have every fault they can have", PartnersFail::forAWhile),
    TWO_AT_ONCE("two of these at once", Two::atOnce),
    RESTORED(
            "two databases come back from a backup",
            Restore::fromBackup,
            EVERY_EVENT,
            NO_DEAD_LETTERS,
            WHAT_THE_API_SAID);

    /** Six that say most in a few minutes. */
    public static final List<Row> SMALL =
            List.of(KILLED, BROKER_STOPPED, POSTGRES_STOPPED, FROZEN, GARBAGE, PARTNERS_FAIL);

    private final String meaning;
    private final Hurt hurt;
    private final Set<Except> except;

    Row(String meaning, Hurt hurt, Except... except) {
        this.meaning = meaning;
        this.hurt = hurt;
        this.except = Set.of(except);
    }

    public String meaning() {
        return meaning;
    }

    Hurt hurt() {
        return hurt;
    }

    /** What people do once nobody asks for anything any more. */
    Hurt afterwards() {
        return this == RESTORED ? Restore::reconcile : scene -> "";
    }

    Set<Except> except() {
        return except;
    }

    /** Whether anybody asks through the API meanwhile: what only a database knows does not come back without it. */
    boolean withApi() {
        return !except.contains(WHAT_THE_API_SAID);
    }

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The row of that name; an {@link IllegalArgumentException} where there is none. */
    public static Row named(String word) {
        return Stream.of(values())
                .filter(row -> row.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no row " + word + "; there are: "
                        + Stream.of(values()).map(Row::toString).toList()));
    }
}
