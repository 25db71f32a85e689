package dev.refundhub.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;

/** A partner's JSON: read within limits, and exactly or not at all. */
public final class PartnerJson {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(65_536)
                            .maxNameLength(256)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int LONGEST_TEXT = 1_000;
    /** No exponent, and no more digits than a long holds. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

    private PartnerJson() {}

    /** Empty if it is not one JSON document in UTF-8 within the limits, or says the same name twice in one object. */
    public static Optional<JsonNode> read(byte[] body) {
        String text = new String(body, UTF_8);
        if (!Arrays.equals(text.getBytes(UTF_8), body)) {
            return Optional.empty(); // was no UTF-8: what is wrong in it was read as U+FFFD
        }
        try {
            return Optional.of(JSON.readTree(text)).filter(document -> !document.isMissingNode());
        } catch (IOException | ArithmeticException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }

    /** A word or id, also where it was written as a whole number; empty if absent, empty, overlong or not storable. */
    public static Optional<String> text(JsonNode node) {
        return node.isTextual() || node.isIntegralNumber()
                ? Optional.of(node.asText()).filter(PartnerJson::storable)
                : Optional.empty();
    }

    /** A whole number above 0. */
    public static Optional<Integer> count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() > 0
                ? Optional.of(node.intValue())
                : Optional.empty();
    }

    /** A moment in ISO 8601 with a zone or an offset. */
    public static Optional<Instant> moment(JsonNode node) {
        try {
            return text(node).map(written -> OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeParseException noMoment) {
            return Optional.empty();
        }
    }

    /**
     * An amount in major units, written as a decimal string or as a number.
     *
     * @return minor units
     * @throws ArithmeticException if it is no decimal number or does not fit the currency exactly
     */
    public static long minor(JsonNode node, Currency currency) {
        String written = node.isNumber() ? plain(node.decimalValue()) : node.asText();
        if (!DECIMAL.matcher(written).matches()) {
            throw new ArithmeticException("not a decimal number");
        }
        return new BigDecimal(written)
                .movePointRight(currency.getDefaultFractionDigits())
                .longValueExact();
    }

    /** Written out only if that is short: 1e400 is a number too. */
    private static String plain(BigDecimal number) {
        return number.scale() < -15 || number.scale() > 15 ? "too long" : number.toPlainString();
    }

    /** PostgreSQL has no U+0000, UTF-8 has no half of a surrogate pair. */
    private static boolean storable(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_TEXT
                && text.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }
}
