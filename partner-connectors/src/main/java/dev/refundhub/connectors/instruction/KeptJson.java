package dev.refundhub.connectors.instruction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** Reads orders that the journal keeps: they were understood when they came, whatever fields came or went since. */
public final class KeptJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private KeptJson() {}

    /** What is missing is empty: an empty text, an empty list, false, zero. */
    public static <T extends Record> T read(String instruction, Class<T> type) {
        try {
            ObjectNode kept = JSON.readValue(instruction, ObjectNode.class);
            for (RecordComponent part : type.getRecordComponents()) {
                fill(kept, part);
            }
            return JSON.treeToValue(kept, type);
        } catch (JsonProcessingException notUnderstood) {
            throw new IllegalStateException("the journal holds an order that cannot be read", notUnderstood);
        }
    }

    private static void fill(ObjectNode kept, RecordComponent part) {
        if (kept.hasNonNull(part.getName())) {
            return;
        }
        if (part.getType() == List.class) {
            kept.putArray(part.getName());
        } else if (part.getType() == String.class) {
            kept.put(part.getName(), "");
        }
    }
}
