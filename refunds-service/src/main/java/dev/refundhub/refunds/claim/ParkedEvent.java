package dev.refundhub.refunds.claim;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.JsonColumn;
import dev.refundhub.refunds.order.OrderKey;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** What a partner said about an order that nobody knew. */
@Entity
@Table(name = "parked_event")
@SuppressWarnings("UnusedVariable") // Hibernate reads the columns
class ParkedEvent {

    /** As the gateway told it. */
    @Converter
    @Immutable
    static class Event extends JsonColumn<PartnerClaim> {
        Event() {
            super(new TypeReference<>() {});
        }
    }

    @Id
    private long id;

    @Embedded
    private OrderKey order;

    @Convert(converter = Event.class)
    private PartnerClaim event;

    protected ParkedEvent() {}

    PartnerClaim event() {
        return event;
    }
}
