package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What is told of a failure, and whether it passes. */
class TroubleTest {

    @Test
    void whatADatabaseOrTheNetworkSaysIsExpected() {
        assertFalse(Trouble.isUnexpected(new CompletionException(lockNotHad())));
        assertFalse(Trouble.isUnexpected(new CompletionException(new ConnectException("Connection refused"))));
        assertFalse(Trouble.isUnexpected(ClosedConnectionException.INSTANCE));
        assertFalse(Trouble.isUnexpected(new Refused("INCOMPLETE")));
    }

    @Test
    void aFaultOfOursIsNot() {
        assertTrue(Trouble.isUnexpected(new CompletionException(new IllegalStateException("1 of 2 rows are there"))));
    }

    @Test
    void aLockThatIsNotHadPassesAndWhatARecordIsDoesNot() {
        assertTrue(Trouble.isLock(new CompletionException(lockNotHad())));
        assertFalse(Trouble.lasts(new CompletionException(lockNotHad())));
        assertTrue(Trouble.lasts(new Refused("INCOMPLETE")));
    }

    private static PgException lockNotHad() {
        return new PgException("canceling statement", "ERROR", "55P03", null);
    }
}
