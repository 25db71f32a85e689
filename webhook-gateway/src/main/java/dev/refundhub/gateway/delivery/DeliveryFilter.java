package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.web.Violations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** Which deliveries an operator means. */
public class DeliveryFilter {

    private static final Set<String> STATES = Set.of("NEW", "TOLD", "QUARANTINED");
    private static final int USUAL_SIZE = 20;
    private static final int LARGEST_SIZE = 100;

    @RestQuery
    String state;

    @RestQuery
    String source;

    @RestQuery
    String since;

    @RestQuery
    String until;

    @RestQuery
    String before;

    @RestQuery
    String size;

    /** Null for any. */
    String state() {
        return state;
    }

    /** Null for any. */
    String source() {
        return source;
    }

    /** How many at most, 20 unless it is said, 100 at most. */
    int size() {
        return size == null ? USUAL_SIZE : Integer.parseInt(size);
    }

    /** Not above any id that is meant. */
    UUID lowest() {
        return DeliveryId.lowestAt(since == null ? Instant.EPOCH : Instant.parse(since));
    }

    /** Above every id that is meant. Clocks of replicas differ, so what seems to come from the future is there too. */
    UUID end() {
        if (before != null) {
            return UUID.fromString(before);
        }
        return DeliveryId.lowestAt(until == null ? Instant.now().plus(Duration.ofDays(1)) : Instant.parse(until));
    }

    /** Refuses what cannot be meant. */
    DeliveryFilter checked() {
        List<String> wrong = new ArrayList<>();
        if (state != null && !STATES.contains(state)) {
            wrong.add("state: must be NEW, TOLD or QUARANTINED");
        }
        if (source != null && !source.matches("[a-z0-9-]{1,40}")) {
            wrong.add("source: must be a source's name");
        }
        checkTime("since", since, wrong);
        checkTime("until", until, wrong);
        if (before != null && !isDelivery(before)) {
            wrong.add("before: must be the id of a delivery");
        }
        if (size != null && !(size.matches("[1-9][0-9]{0,2}") && Integer.parseInt(size) <= LARGEST_SIZE)) {
            wrong.add("size: must be an integer from 1 to " + LARGEST_SIZE);
        }
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
        return this;
    }

    /** As {@link #checked()}, and it must say from when on. */
    DeliveryFilter checkedSpan() {
        if (since == null) {
            throw new Violations(List.of("since: must be there"));
        }
        if (state != null || before != null || size != null) {
            throw new Violations(List.of("only since, until and source say what is told again"));
        }
        return checked();
    }

    static boolean isDelivery(String id) {
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /** Before 1970 there was nothing, and far from now no id reaches. */
    private static void checkTime(String name, String time, List<String> wrong) {
        try {
            if (time != null && !isReached(Instant.parse(time))) {
                wrong.add(name + ": must be between 1970 and 2100");
            }
        } catch (DateTimeException unreadable) {
            wrong.add(name + ": must be a time in UTC, such as 2026-01-31T12:00:00Z");
        }
    }

    private static boolean isReached(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("2100-01-01T00:00:00Z"));
    }
}
