package dev.refundhub.refunds.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not known to have moved is not stored. */
class EntitlementTest {

    static Stream<Arguments> movements() {
        return Stream.of(
                movement("pay", e -> e.pay(400)),
                movement("reserve", e -> e.reserve(1)),
                movement("release", e -> e.release(1)),
                movement("issue", e -> e.issue(1)),
                movement("book", e -> e.book(1)),
                movement("unbook", e -> e.unbook(1)));
    }

    private static Arguments movement(String name, Consumer<Entitlement> move) {
        return Arguments.of(name, move);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("movements")
    void whateverChangesAnAmountIsKnownToHaveMoved(String name, Consumer<Entitlement> move) {
        Entitlement entitlement = new Entitlement(500);
        assertFalse(entitlement.hasMoved());

        move.accept(entitlement);

        assertTrue(entitlement.hasMoved(), name);
    }

    @Test
    void whatWasThereAndBackHasMoved() {
        Entitlement entitlement = new Entitlement(500);

        entitlement.reserve(100);
        entitlement.release(100);

        assertEquals(500, entitlement.left());
        assertTrue(entitlement.hasMoved());
    }

    @Test
    void nothingMovesBySayingTheSame() {
        Entitlement entitlement = new Entitlement(500);

        entitlement.pay(500);
        entitlement.reserve(0);
        entitlement.release(0);
        entitlement.issue(0);
        entitlement.book(0);
        entitlement.unbook(0);

        assertFalse(entitlement.hasMoved());
    }
}
