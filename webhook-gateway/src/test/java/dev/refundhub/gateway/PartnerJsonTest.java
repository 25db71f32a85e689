package dev.refundhub.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PartnerJsonTest {

    @Test
    void anAmountHasTheDecimalsOfItsCurrency() {
        assertEquals(27500, minor("\"275.0\"", "USD"));
        assertEquals(-8075, minor("\"-80.75\"", "USD"));
        assertEquals(275, minor("\"275.0\"", "JPY"));
        assertEquals(1234, minor("\"1.234\"", "KWD"));
        assertEquals(1, minor("0.01", "USD"));
        assertEquals(210, minor("2.1", "USD"));
        assertEquals(100_00, minor("1e2", "USD"));
        assertEquals(999_999_999_999_999_00L, minor("999999999999999", "USD"));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoExactAmountIsNone() {
        return Stream.of(
                        "\"0.001\"",
                        "0.001",
                        "\"1e2\"",
                        "\"\"",
                        "\"+1\"",
                        "\"1.\"",
                        "\".5\"",
                        "\" 1\"",
                        "\"1,5\"",
                        "\"\u0661\"",
                        "\"NaN\"",
                        "1e400",
                        "1e-400",
                        "1e999999999",
                        "1e-999999999",
                        "10e2147483647",
                        "1e-2147483647",
                        "1000000000000000",
                        "true",
                        "{}",
                        "[]",
                        "null")
                .map(written -> DynamicTest.dynamicTest(
                        written, () -> assertThrows(ArithmeticException.class, () -> minor(written, "USD"))));
    }

    @Test
    void whatIsNotThereIsNoAmount() {
        assertThrows(
                ArithmeticException.class,
                () -> PartnerJson.minor(MissingNode.getInstance(), Currency.getInstance("USD")));
    }

    @Test
    void textIsWhatCanBeStored() {
        assertEquals(Optional.of("a"), text("\"a\""));
        assertEquals(Optional.of("\ud83d\udce6"), text("\"\\ud83d\\udce6\""));
        assertEquals(Optional.of("41"), text("41"));
        assertEquals(Optional.empty(), text("\"\""));
        assertEquals(Optional.empty(), text("null"));
        assertEquals(Optional.empty(), text("4.1"));
        assertEquals(Optional.empty(), text("true"));
        assertEquals(Optional.empty(), text("[]"));
        assertEquals(Optional.empty(), text("\"a\\u0000\""));
        assertEquals(Optional.empty(), text("\"\\udce6\\ud83d\""));
        assertEquals(Optional.empty(), text("\"" + "x".repeat(1_001) + "\""));
    }

    @TestFactory
    Stream<DynamicTest> aNumberThatCannotBeHeldIsNotRead() {
        return Stream.of("1e2147483648", "1e99999999999", "1e-99999999999", "-1.5e99999999999")
                .map(written -> DynamicTest.dynamicTest(
                        written,
                        () -> assertEquals(
                                Optional.empty(), PartnerJson.read(written.getBytes(StandardCharsets.UTF_8)))));
    }

    private static long minor(String written, String currency) {
        return PartnerJson.minor(node(written), Currency.getInstance(currency));
    }

    private static Optional<String> text(String written) {
        return PartnerJson.text(node(written));
    }

    private static JsonNode node(String written) {
        return PartnerJson.read(written.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
