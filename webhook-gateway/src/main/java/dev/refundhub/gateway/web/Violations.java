package dev.refundhub.gateway.web;

import java.util.List;

/** What is wrong with a request: 400. */
public class Violations extends RuntimeException {

    private final transient List<String> violations;

    public Violations(List<String> violations) {
        super(violations.toString());
        this.violations = List.copyOf(violations);
    }

    List<String> violations() {
        return violations;
    }
}
