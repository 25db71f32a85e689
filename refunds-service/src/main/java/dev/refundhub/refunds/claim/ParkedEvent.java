package dev.refundhub.refunds.claim;

import dev.refundhub.refunds.order.OrderKey;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a partner said about an order that nobody knew. */
@Entity
@Table(name = "parked_event")
@SuppressWarnings("UnusedVariable") // Hibernate reads the columns
class ParkedEvent {

    @Id
    private long id;

    @Embedded
    private OrderKey order;

    private String eventId;
    private String type;
    private String event;

    protected ParkedEvent() {}

    PartnerNews.Told told() {
        return new PartnerNews.Told(eventId, ParkedText.read(type, event));
    }
}
