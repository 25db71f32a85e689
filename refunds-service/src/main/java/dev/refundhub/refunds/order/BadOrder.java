package dev.refundhub.refunds.order;

import dev.refundhub.refunds.Refused;
import java.util.List;

/** An order that does not hold together. */
public class BadOrder extends Refused {

    private final transient List<String> violations;

    BadOrder(List<String> violations) {
        super("order refused: " + violations);
        this.violations = List.copyOf(violations);
    }

    /** Each names the field that is missing or wrong. */
    public List<String> violations() {
        return violations;
    }
}
