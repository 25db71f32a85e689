package dev.refundhub.refunds.refund;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.refunds.JsonColumn;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Portion;
import jakarta.persistence.Converter;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** How a refund's lists are kept: always read and written with it, as one. */
final class Columns {

    private Columns() {}

    /** Where the money lies. */
    @Converter
    @Immutable
    static class Portions extends JsonColumn<List<Portion>> {
        Portions() {
            super(new TypeReference<>() {});
        }
    }

    /** What was asked for. */
    @Converter
    @Immutable
    static class Wanted extends JsonColumn<List<Asked>> {
        Wanted() {
            super(new TypeReference<>() {});
        }
    }

    /** What the connectors have tried. */
    @Converter
    @Immutable
    static class Tries extends JsonColumn<List<PartnerReport.Evidence>> {
        Tries() {
            super(new TypeReference<>() {});
        }
    }

    /** Refunds that a partner lists. */
    @Converter
    @Immutable
    static class Listed extends JsonColumn<List<PartnerReport.BagRefund>> {
        Listed() {
            super(new TypeReference<>() {});
        }
    }

    /** Names of things. */
    @Converter
    @Immutable
    static class Words extends JsonColumn<List<String>> {
        Words() {
            super(new TypeReference<>() {});
        }
    }

    /** What a person must look at. */
    @Converter
    @Immutable
    static class Holds extends JsonColumn<List<Held>> {
        Holds() {
            super(new TypeReference<>() {});
        }
    }
}
