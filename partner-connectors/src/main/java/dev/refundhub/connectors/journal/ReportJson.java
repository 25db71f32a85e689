package dev.refundhub.connectors.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.messages.PartnerReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reports and attempts as the journal keeps them. */
@ApplicationScoped
class ReportJson {

    private final ObjectMapper json;

    ReportJson(ObjectMapper json) {
        this.json = json;
    }

    String write(PartnerReport report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report that cannot be written", impossible);
        }
    }

    /** Null where there is none. */
    PartnerReport read(String report) {
        return read(report, new TypeReference<>() {});
    }

    List<Attempt> attempts(String attempts) {
        List<Attempt> read = read(attempts, new TypeReference<>() {});
        return read == null ? List.of() : read;
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("the journal holds what it did not write", notOurs);
        }
    }
}
