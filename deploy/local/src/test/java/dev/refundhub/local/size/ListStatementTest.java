package dev.refundhub.local.size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.local.stack.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of the list, and what is asked with it. */
class ListStatementTest {
    private static final ListStatement HELD = new ListStatement(
            "CUSTOMER",
            "hold=LIMIT",
            "select 1 from refund a where a.id in (select b.id from refund b where b.seller=$1 and b.customer_subject=$2"
                    + " and b.hold_codes like $3 escape '' and b.status<>$4 and b.id<$5"
                    + " offset $6 rows fetch first $7 rows only)");

    private static final Asker SHOPPER = new Asker("CUSTOMER", "biggest", "o'hara", "1", "2");

    @Test
    void aPlaceForAValueIsKnownByWhatStandsBeforeIt() {
        List<String> places = HELD.parameters().stream()
                .map(ListStatement.Parameter::toString)
                .toList();

        assertEquals(
                List.of("seller =", "customer_subject =", "hold_codes like", "status <>", "id <", "offset", "first"),
                places);
    }

    @Test
    void everyValueIsAskedForWithEveryOtherOnTheFirstAndTheDeepestPage() {
        List<Question> questions = Question.of(HELD, SHOPPER, 1000);

        assertEquals(4 * 3 * 2, questions.size());
        assertEquals(4 * 3 * 2, questions.stream().distinct().count());
        assertEquals(
                "execute q('biggest', 'o''hara', '% OVERDUE %', 'CANCELLED', '500', '0', '21')",
                questions.get(0).call("q"));
    }

    @Test
    void theIndexIsTheOneThatFindsTheIds() {
        assertEquals(
                Optional.of("refund_held"),
                HELD.index(
                        "Index Scan using refund_pkey on refund a\nIndex Only Scan using refund_held on refund b  (c"));
        assertEquals(Optional.of("Seq Scan"), HELD.index("->  Seq Scan on refund b  (cost"));
        assertEquals(Optional.empty(), HELD.index("Result\n  One-Time Filter: false"));
    }

    @Test
    void timesOfPlanningAndExecutionAreAdded() {
        assertEquals(3.75, Measured.millis("Planning Time: 0.500 ms\nExecution Time: 3.250 ms\n"), 0.001);
    }

    @Test
    void aRequestThatSendsMoreThanOneStatementIsNotTakenForOne(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("list.sql"), "-- SELLER: status=WAITING\nselect 1\nselect 2\n");

        CannotStart refused = assertThrows(CannotStart.class, () -> ListStatement.read(file));

        assertTrue(refused.getMessage().contains("select 2"), refused.getMessage());
    }
}
