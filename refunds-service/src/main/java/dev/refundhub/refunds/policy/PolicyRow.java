package dev.refundhub.refunds.policy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.refundhub.refunds.JsonColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A seller's policy as it is kept. */
@Entity
@Table(name = "policy")
class PolicyRow {

    /** As its seller wrote it. */
    @Converter
    @Immutable
    static class Document extends JsonColumn<Policy> {
        Document() {
            super(new TypeReference<>() {});
        }
    }

    @Id
    private String seller;

    @Convert(converter = Document.class)
    private Policy document;

    protected PolicyRow() {}

    String seller() {
        return seller;
    }

    Policy document() {
        return document;
    }
}
