package dev.refundhub.refunds.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** How values of requests are read that a plain binding would read too kindly. */
public final class Json {

    private static final Pattern PLAIN_INTEGER = Pattern.compile("0|[1-9][0-9]{0,15}");
    private static final long LARGEST_EXACT = (1L << 53) - 1;
    private static final int DIGITS = 18;

    private Json() {}

    /** An order's id: a JSON integer where it is a plain one up to 2^53−1, else a string. */
    public static Object orderId(String id) {
        if (!PLAIN_INTEGER.matcher(id).matches()) {
            return id;
        }
        long number = Long.parseLong(id);
        return number <= LARGEST_EXACT ? number : id;
    }

    /** A value that is wrong in a way one can say. */
    static final class BadValue extends JsonMappingException {

        BadValue(JsonParser parser, String message) {
            super(parser, message);
        }
    }

    /** An amount in major units: a number as people write it, never a text, and none with an exponent. */
    public static final class Amount extends JsonDeserializer<BigDecimal> {

        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                throw new BadValue(parser, "must be a number");
            }
            String text = parser.getText();
            if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
                throw new BadValue(parser, "must be a number without an exponent");
            }
            if (text.length() > DIGITS + 2) {
                throw new BadValue(parser, "must have at most " + DIGITS + " digits");
            }
            return new BigDecimal(text);
        }
    }

    /** An order's id, told as an integer or as a string. */
    public static final class Id extends JsonDeserializer<String> {

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING
                    || parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return parser.getText();
            }
            throw new BadValue(parser, "must be a string or an integer");
        }
    }
}
