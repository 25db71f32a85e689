package dev.refundhub.refunds.inbox;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.refundhub.refunds.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** Reads what the services say to each other: unknown fields are news for somebody else. */
@ApplicationScoped
public class Messages {

    private final ObjectMapper json;

    Messages(ObjectMapper json) {
        this.json = json.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.json
                .coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert);
    }

    /**
     * Reads one message.
     *
     * @throws Refused if it is of another type, or not such a message
     */
    public <T> T read(String type, String expected, byte[] value, Class<T> as) {
        if (!expected.equals(type)) {
            throw new Refused("UNKNOWN_TYPE " + type);
        }
        try {
            T message = value == null ? null : json.readValue(value, as);
            if (message == null) {
                throw new Refused("EMPTY");
            }
            return message;
        } catch (IOException e) {
            throw new Refused("UNREADABLE");
        }
    }
}
