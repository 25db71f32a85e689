package dev.refundhub.refunds.parked;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.refunds.JsonColumn;
import java.util.Map;

/** What is parked, as text and back: as the gateway told it. */
final class ParkedText {

    private static final Map<String, JsonColumn<?>> BY_TYPE = Map.of(
            PartnerClaim.TYPE, new Column<>(new TypeReference<PartnerClaim>() {}),
            InstantRefund.TYPE, new Column<>(new TypeReference<InstantRefund>() {}),
            PartnerReturn.TYPE, new Column<>(new TypeReference<PartnerReturn>() {}));

    private static final class Column<T> extends JsonColumn<T> {
        Column(TypeReference<T> type) {
            super(type);
        }
    }

    private ParkedText() {}

    static String type(Object message) {
        if (message instanceof PartnerReturn) {
            return PartnerReturn.TYPE;
        }
        return message instanceof InstantRefund ? InstantRefund.TYPE : PartnerClaim.TYPE;
    }

    @SuppressWarnings("unchecked")
    static String of(Object message) {
        return ((JsonColumn<Object>) BY_TYPE.get(type(message))).convertToDatabaseColumn(message);
    }

    /** The partner's own id of what it is about. */
    static String caseRef(Object message) {
        if (message instanceof PartnerReturn told) {
            return told.caseRef();
        }
        return message instanceof InstantRefund told ? told.caseRef() : ((PartnerClaim) message).caseRef();
    }

    static Object read(String type, String text) {
        return BY_TYPE.get(type).convertToEntityAttribute(text);
    }
}
