package dev.refundhub.refunds.policy;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;

/** How much a policy has approved by itself on a day (UTC), for all replicas together: whoever adds to it has locked it. */
@Entity
@Table(name = "approved_by_policy")
public class ApprovedToday {

    /** Whose limit it counts against. */
    @Embeddable
    public record Key(String seller, String source, String currency, LocalDate day) {}

    @EmbeddedId
    private Key key;

    private long amount;

    protected ApprovedToday() {}

    Key key() {
        return key;
    }

    /** In minor units. */
    public long amount() {
        return amount;
    }

    public void add(long more) {
        amount += more;
    }
}
