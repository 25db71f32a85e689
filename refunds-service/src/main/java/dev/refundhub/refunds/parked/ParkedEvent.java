package dev.refundhub.refunds.parked;

import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.OrderNumber;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

/** What a partner said about an order that nobody knew. */
@Entity
@Table(name = "parked_event")
@SuppressWarnings("UnusedVariable") // Hibernate reads the columns
class ParkedEvent {

    @Id
    private long id;

    private String seller;
    private String orderId;

    @Column(name = "order_number")
    private String number;

    private String eventId;
    private String type;
    private String caseRef;
    private String event;

    protected ParkedEvent() {}

    long id() {
        return id;
    }

    Told told() {
        return new Told(eventId, ParkedText.read(type, event), null);
    }

    /** Empty where the partner only knew the number. */
    Optional<OrderKey> key() {
        return Optional.ofNullable(orderId).map(id -> new OrderKey(seller, id));
    }

    /** Empty where the partner did not say. */
    Optional<OrderNumber> number() {
        return Optional.ofNullable(number).map(n -> new OrderNumber(seller, n));
    }
}
