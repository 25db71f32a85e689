package dev.refundhub.connectors.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.messages.VioletPayment;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptJsonTest {

    @Test
    void whatWasUnderstoodOnceIsReadWhateverFieldsCameOrWentSince() {
        String old = "{\"instructionId\":\"hub-1\",\"amountMinor\":2500,\"onlyIf\":\"it rains\",\"text\":null}";

        VioletPayment read = KeptJson.read(old, VioletPayment.class);

        assertEquals("hub-1", read.instructionId());
        assertEquals(2500, read.amountMinor());
        assertEquals("", read.text());
        assertEquals(List.of(), read.skus());
        assertEquals(List.of(), read.known());
    }
}
