package dev.refundhub.local.prove;

import java.util.List;

/** Something did not hold; the message says what. */
public final class Disproved extends RuntimeException {
    public Disproved(List<String> faults) {
        super(String.join("\n", faults));
    }
}
