package dev.refundhub.local.prove.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowTest {
    @ParameterizedTest
    @EnumSource
    void aRowIsFoundByTheNameThatItIsListedUnder(Row row) {
        assertEquals(row, Row.named(row.toString()));
    }

    @Test
    void whoAsksForARowThatIsNotThereIsToldWhichThereAre() {
        String told = assertThrows(IllegalArgumentException.class, () -> Row.named("nothing"))
                .getMessage();

        assertTrue(told.contains("broker-stopped"), told);
    }
}
