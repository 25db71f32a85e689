package dev.refundhub.local.prove.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.prove.check.Scope.Except;
import dev.refundhub.local.prove.check.Tables.Row;
import dev.refundhub.local.prove.load.Diary;
import dev.refundhub.local.prove.load.Diary.Asked;
import dev.refundhub.local.prove.load.Diary.Delivered;
import dev.refundhub.local.prove.load.Diary.Elsewhere;
import dev.refundhub.local.prove.load.Diary.Expected;
import dev.refundhub.local.prove.load.Diary.Known;
import dev.refundhub.local.prove.load.Sold;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.RefundChanged;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds the hub to its promises, by what others know: nothing of the services' code is used here. One thread at a time.
 */
public final class Checker implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Holds of what asks for more than there is, or for what is not there: nothing is reserved for it, and a person must look. */
    private static final String NOT_COVERED =
            "OVER_ENTITLEMENT|CLAIMED_TWICE|UNKNOWN_LINE|UNKNOWN_CURRENCY|AMOUNT_MISMATCH";

    /** Violet's ids of what was decided otherwise since a restore: it stays so in the rows that follow. */
    private final Set<Long> decidedOtherwise = new HashSet<>();

    private final Tables tables;
    private final String violetAddress;
    private final Ledger violet;
    private final Ledger shippedSuite;
    private final Topic partnerEvents;
    private final Topic refundEvents;
    private long deadLettersBefore;

    /**
     * Looks at a stack.
     *
     * @param data where the partners keep their ledgers
     */
    public Checker(Settings settings, Path data) {
        tables = new Tables(settings.databases());
        violetAddress = settings.violetSimulator();
        violet = new Ledger(data.resolve("violet.jsonl"));
        shippedSuite = new Ledger(data.resolve("shipped-suite.jsonl"));
        partnerEvents = new Topic(settings.kafka(), PartnerClaim.TOPIC);
        refundEvents = new Topic(settings.kafka(), RefundChanged.TOPIC);
    }

    /** Begins: looks every 200 ms at what must hold at any time, until it is closed. */
    public Sampler sample(Diary diary) {
        try {
            deadLettersBefore = deadLetters();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Sampler(tables, violet, diary);
    }

    private long deadLetters() throws SQLException {
        String all = "select count(*) from dead_letter";
        return tables.count("refunds", all) + tables.count("connectors", all);
    }

    /** The broker has lost what was said. */
    public void topicsAreGone() {
        partnerEvents.forgetPlace();
        refundEvents.forgetPlace();
    }

    /**
     * Waits until the hub is quiet and every promise is kept, and stays so for two looks. A hub that is not quiet in time has
     * not kept them.
     */
    public Findings await(Scope scope, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        long before = -1;
        while (true) {
            Findings findings = look(scope);
            long now = fingerprint();
            boolean late = System.nanoTime() > deadline;
            if (late || (findings.held() && now == before)) {
                return findings;
            }
            before = findings.held() ? now : -1;
            pause();
        }
    }

    /** The work that is under way, as far as the tables tell: how much of what; of unreadable tables, that. */
    public Map<String, Long> unfinished() {
        try {
            return Unfinished.in(tables);
        } catch (SQLException e) {
            return Map.of("tables that cannot be read: " + e.getMessage(), 1L);
        }
    }

    private Findings look(Scope scope) {
        Findings findings = new Findings();
        try {
            Map<String, Long> unfinished = Unfinished.in(tables);
            findings.check(unfinished.isEmpty(), "not quiet: %s", unfinished);
            if (findings.held()) {
                check(scope, findings);
            }
        } catch (SQLException e) {
            findings.check(false, "the tables cannot be read: %s", e);
        }
        return findings;
    }

    private void check(Scope scope, Findings findings) throws SQLException {
        Diary diary = scope.diary();
        Map<String, Refund> refunds = refunds();
        deliveriesAreThereOnce(diary, findings);
        deliveriesWereTold(diary, findings);
        wishesAndFactsAreThereOnce(diary, refunds, findings);
        whatTheApiSaidIsTrue(scope, refunds, findings);
        ordersAddUp(diary, findings);
        nothingIsPaidTwiceOrWithoutTheHubKnowing(scope, refunds, findings);
        payingIsNeverRepeated(findings);
        reimbursementIsAskedForWhatWasPaid(refunds, findings);
        historyHasNoGap(scope, refunds, findings);
        everythingUnfinishedIsOwned(findings);
        if (!scope.excepts(Except.NO_DEAD_LETTERS)) {
            long now = deadLetters();
            findings.check(now == deadLettersBefore, "%d dead letters more", now - deadLettersBefore);
        }
    }

    /** A refund as the table has it. */
    private record Refund(
            long id,
            String seller,
            String order,
            String kind,
            String ref,
            String status,
            long amount,
            long issued,
            String reason,
            String confirmation,
            long version,
            boolean elsewhere) {
        String key() {
            return key(seller, kind, ref);
        }

        static String key(String seller, String kind, String ref) {
            return seller + " " + kind + " " + ref;
        }
    }

    private Map<String, Refund> refunds() throws SQLException {
        Map<String, Refund> refunds = new HashMap<>();
        for (Row row : tables.read(
                "refunds",
                "select id, seller, order_id, source_kind, source_ref, status, amount, issued, request_reason,"
                        + " confirmation_state, version, elsewhere from refund")) {
            Refund refund = new Refund(
                    row.number(0),
                    row.text(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    row.number(6),
                    row.number(7),
                    row.text(8),
                    row.text(9),
                    row.number(10),
                    Boolean.parseBoolean(row.text(11)));
            Refund twin = refunds.put(refund.key(), refund);
            if (twin != null) {
                refunds.put(refund.key() + " again " + twin.id(), twin);
            }
        }
        return refunds;
    }

    private void deliveriesAreThereOnce(Diary diary, Findings findings) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        Map<String, String> states = new HashMap<>();
        for (Row row : tables.read("gateway", "select id, source, encode(sha256, 'hex'), state from delivery")) {
            rows.merge(row.text(1) + " " + row.text(2), 1L, Long::sum);
            states.put(row.text(0), row.text(3));
        }
        Map<String, List<Delivered>> byBody = diary.delivered().stream()
                .collect(Collectors.groupingBy(delivery -> delivery.source() + " " + delivery.body()));
        byBody.forEach((body, deliveries) -> {
            long taken = count(deliveries, Known.ACKNOWLEDGED);
            long unknown = count(deliveries, Known.UNKNOWN);
            long kept = rows.getOrDefault(body, 0L);
            findings.check(kept >= taken, "%s was accepted %d times and is there %d times", body, taken, kept);
            findings.check(
                    kept <= taken + unknown,
                    "%s is there %d times, accepted %d, unknown %d",
                    body,
                    kept,
                    taken,
                    unknown);
        });
        diary.delivered().stream()
                .filter(delivery -> delivery.known() == Known.ACKNOWLEDGED)
                .forEach(delivery -> findings.check(
                        states.containsKey(delivery.id()), "delivery %s was accepted and is not there", delivery.id()));
    }

    private static long count(List<Delivered> deliveries, Known known) {
        return deliveries.stream().filter(delivery -> delivery.known() == known).count();
    }

    private void deliveriesWereTold(Diary diary, Findings findings) throws SQLException {
        Set<String> heard = new HashSet<>();
        partnerEvents.said().forEach(event -> heard.add(event.path("deliveryId").asText()));
        Set<String> quarantined = new HashSet<>();
        tables.read("gateway", "select id from delivery where state = 'QUARANTINED'")
                .forEach(row -> quarantined.add(row.text(0)));
        diary.delivered().stream()
                .filter(delivery -> delivery.known() == Known.ACKNOWLEDGED)
                .forEach(delivery -> findings.check(
                        heard.contains(delivery.id()) != quarantined.contains(delivery.id()),
                        "delivery %s is told: %b, and quarantined: %b",
                        delivery.id(),
                        heard.contains(delivery.id()),
                        quarantined.contains(delivery.id())));
    }

    private static void wishesAndFactsAreThereOnce(Diary diary, Map<String, Refund> refunds, Findings findings) {
        Set<String> taken = diary.delivered().stream()
                .filter(delivery -> delivery.known() == Known.ACKNOWLEDGED)
                .map(Delivered::body)
                .collect(Collectors.toSet());
        Map<String, List<Expected>> byKey = diary.expected().stream()
                .collect(Collectors.groupingBy(
                        each -> Refund.key(each.order().seller(), each.kind(), each.ref()),
                        TreeMap::new,
                        Collectors.toList()));
        byKey.forEach((key, expected) -> {
            boolean sure = expected.stream()
                    .anyMatch(each -> taken.contains(each.body())
                            && diary.orders().containsKey(each.order().orderId()));
            findings.check(!sure || refunds.containsKey(key), "%s was accepted and is no refund", key);
        });
        refunds.keySet().forEach(key -> findings.check(!key.contains(" again "), "%s is there twice", key));
        diary.elsewhere().stream()
                .filter(each -> each.kind().equals("ORDER"))
                .map(each -> Refund.key(each.order().seller(), each.kind(), each.ref()))
                .forEach(key -> findings.check(refunds.containsKey(key), "%s was told and is not booked", key));
    }

    private static void whatTheApiSaidIsTrue(Scope scope, Map<String, Refund> refunds, Findings findings) {
        Diary diary = scope.diary();
        Map<Long, Refund> byId = refunds.values().stream()
                .collect(Collectors.toMap(Refund::id, Function.identity(), (one, other) -> one));
        Map<String, Long> byReason = refunds.values().stream()
                .filter(refund -> refund.reason() != null)
                .collect(Collectors.groupingBy(Refund::reason, Collectors.counting()));
        Map<String, List<Asked>> asked = diary.asked().stream().collect(Collectors.groupingBy(Asked::reason));
        asked.forEach((reason, answers) -> {
            long there = byReason.getOrDefault(reason, 0L);
            Set<Long> ids = answers.stream()
                    .filter(each -> each.known() == Known.ACKNOWLEDGED)
                    .map(Asked::id)
                    .collect(Collectors.toSet());
            findings.check(there <= 1, "what was asked for as %s is there %d times", reason, there);
            findings.check(ids.size() <= 1, "%s was answered with refunds %s", reason, ids);
            if (ids.isEmpty()) {
                boolean refused = answers.stream().allMatch(each -> each.known() == Known.REFUSED);
                findings.check(!refused || there == 0, "%s was refused and is there", reason);
            } else if (!scope.excepts(Except.WHAT_THE_API_SAID)) {
                Refund refund = byId.get(ids.iterator().next());
                findings.check(
                        refund != null && reason.equals(refund.reason()),
                        "%s was answered with refund %s, which is not there",
                        reason,
                        ids);
            }
        });
        if (!scope.excepts(Except.WHAT_THE_API_SAID)) {
            diary.ended().forEach(ended -> {
                Refund refund = byId.get(ended.refund());
                findings.check(
                        refund != null && refund.status().equals(ended.status()),
                        "refund %d was said to be %s for good",
                        ended.refund(),
                        ended.status());
            });
        }
    }

    private void ordersAddUp(Diary diary, Findings findings) throws SQLException {
        Paid paid = Paid.of(violet);
        Set<String> withFacts = diary.elsewhere().stream()
                .map(Elsewhere::order)
                .map(Sold::orderId)
                .collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (Row row : tables.read(
                "refunds",
                """
                select o.order_id, o.paid, o.reserved, o.issued, o.excess,
                    l.reserved, l.issued, r.issued, r.covered
                from customer_order o
                cross join lateral (select coalesce(sum(reserved), 0) reserved, coalesce(sum(issued), 0) issued
                    from order_line where (seller, order_id) = (o.seller, o.order_id)) l
                cross join lateral (select coalesce(sum(issued - reversed), 0) issued,
                    coalesce(sum(amount - issued) filter (where status in ('REQUESTED', 'WAITING', 'PROCESSING')
                        and not coalesce(hold_codes, '') ~ ' (%s) '), 0) covered
                    from refund where (seller, order_id) = (o.seller, o.order_id)) r
                """
                        .formatted(NOT_COVERED))) {
            String id = row.text(0);
            Sold sold = diary.orders().get(id);
            if (sold == null) {
                continue;
            }
            seen.add(id);
            long was = sold.paid();
            long reserved = row.number(2);
            long issued = row.number(3);
            findings.check(row.number(1) == was, "order %s: paid is %d, was %d", id, row.number(1), was);
            findings.check(
                    row.number(4) == Math.max(reserved + issued - was, 0),
                    "order %s: paid %d, reserved %d, issued %d, excess %d",
                    id,
                    was,
                    reserved,
                    issued,
                    row.number(4));
            findings.check(
                    number(row, 5) == reserved, "order %s: lines reserve %d of %d", id, number(row, 5), reserved);
            findings.check(number(row, 6) == issued, "order %s: lines issued %d of %d", id, number(row, 6), issued);
            findings.check(number(row, 7) == issued, "order %s: refunds issued %d of %d", id, number(row, 7), issued);
            findings.check(
                    reserved == number(row, 8),
                    "order %s: %d reserved, by what is under way and not held for want of cover %d",
                    id,
                    reserved,
                    number(row, 8));
            findings.check(
                    row.number(4) == 0 || withFacts.contains(id), "order %s: excess %d by nobody", id, row.number(4));
            long out = paid.outOf(sold.bagIds());
            findings.check(out <= was, "order %s: Violet was asked to pay %d of %d", id, out, was);
        }
        diary.orders().keySet().forEach(id -> findings.check(seen.contains(id), "order %s is not there", id));
    }

    /** Sums come as decimals. */
    private static long number(Row row, int column) {
        return new BigDecimal(row.text(column)).longValueExact();
    }

    /** What was decided otherwise since a backup is known as it was paid, and is for a person. */
    private void nothingIsPaidTwiceOrWithoutTheHubKnowing(Scope scope, Map<String, Refund> refunds, Findings findings)
            throws SQLException {
        Paid paid = Paid.of(violet);
        boolean restored = scope.excepts(Except.WHAT_THE_API_SAID);
        if (restored) {
            decidedOtherwise.addAll(bookedOrNamed());
        }
        Set<String> known = new HashSet<>();
        for (Row row : tables.read(
                "refunds",
                "select reference, outcome, moved, amount, bag_id, refund_id from payout where channel = 'VIOLET'")) {
            String reference = row.text(0);
            known.add(reference);
            List<Paid.Payment> payments = paid.byReference().getOrDefault(reference, List.of());
            boolean completed = "COMPLETED".equals(row.text(1));
            findings.check(
                    !completed || payments.size() == 1,
                    "%s is booked and was paid %d times",
                    reference,
                    payments.size());
            findings.check(
                    payments.isEmpty() || (!"DECLINED".equals(row.text(1)) && !"NOT_SENT".equals(row.text(1))),
                    "%s was paid and is said to be %s",
                    reference,
                    row.text(1));
            for (Paid.Payment payment : payments) {
                boolean unclear = "UNCLEAR".equals(row.text(1));
                if (restored && unclear) {
                    decidedOtherwise.add(payment.id());
                }
                boolean isForAPerson = unclear && decidedOtherwise.contains(payment.id());
                findings.check(
                        payment.amount() == row.number(isForAPerson ? 2 : 3) && payment.bag() == row.number(4),
                        "%s was to be %d of bag %d, and was %s",
                        reference,
                        row.number(3),
                        row.number(4),
                        payment);
            }
        }
        paid.byReference().forEach((reference, payments) -> {
            findings.check(payments.size() == 1, "%s was paid %d times", reference, payments.size());
            boolean isKnown = known.contains(reference)
                    || decidedOtherwise.contains(payments.get(0).id());
            findings.check(isKnown, "%s was paid, and no refund knows of it: %s", reference, payments);
        });
        findings.check(!refunds.isEmpty(), "there is no refund at all");
    }

    /**
     * Violet's ids of what is booked as somebody else's, or is named by a reconciliation for a person to see: after a backup, what
     * was decided and paid since may be decided otherwise.
     */
    private Set<Long> bookedOrNamed() throws SQLException {
        Set<Long> ids = new HashSet<>();
        for (Row row : tables.read(
                "refunds",
                """
                select source_ref from refund where source_kind = 'VIOLET'
                union select d ->> 'partnerRefundId' from reconciled_bag, json_array_elements(differences::json) d
                where d ->> 'partnerRefundId' is not null
                """)) {
            ids.add(Long.valueOf(row.text(0)));
        }
        return ids;
    }

    private void payingIsNeverRepeated(Findings findings) {
        Requests.notRefused(violetAddress)
                .forEach((reference, times) -> findings.check(
                        times == 1, "Violet was asked %d times to pay %s, and refused none", times, reference));
    }

    /** Shipped Suite reimburses only what is confirmed. */
    private void reimbursementIsAskedForWhatWasPaid(Map<String, Refund> refunds, Findings findings) {
        Map<String, JsonNode> confirmed = new HashMap<>();
        shippedSuite.entries().stream()
                .filter(entry -> entry.path("kind").asText().equals("CONFIRMATION"))
                .map(entry -> entry.path("what"))
                .forEach(what -> confirmed.put(what.path("id").asText(), what.path("confirmation")));
        refunds.values().stream()
                .filter(refund ->
                        refund.kind().equals("SHIPPED_SUITE") && refund.status().equals("ISSUED"))
                .filter(refund -> refund.confirmation() != null)
                .forEach(refund -> {
                    JsonNode told = confirmed.get(refund.ref());
                    boolean right = told != null
                            && told.path("external_id").asText().equals(Long.toString(refund.id()))
                            && told.path("amount")
                                            .decimalValue()
                                            .unscaledValue()
                                            .longValue()
                                    > 0;
                    findings.check(right, "refund %d is to be confirmed, Shipped Suite knows %s", refund.id(), told);
                });
    }

    private void historyHasNoGap(Scope scope, Map<String, Refund> refunds, Findings findings) throws SQLException {
        Map<Long, Long> written = new HashMap<>();
        for (Row row : tables.read(
                "refunds", "select refund_id, count(*), max(version), min(version) from refund_history group by 1")) {
            written.put(row.number(0), row.number(2));
            findings.check(
                    row.number(1) == row.number(2) && row.number(3) == 1,
                    "history of refund %d has a gap",
                    row.number(0));
        }
        Map<Long, Map<Integer, String>> told = new HashMap<>();
        refundEvents.said().forEach(event -> told.computeIfAbsent(
                        event.path("refundId").asLong(), any -> new TreeMap<>())
                .put(event.path("version").asInt(), event.path("status").asText()));
        for (Refund refund : refunds.values()) {
            if (!scope.diary().orders().containsKey(refund.order())) {
                continue;
            }
            findings.check(
                    written.getOrDefault(refund.id(), 0L) == refund.version(),
                    "refund %d: version %d, history up to %s",
                    refund.id(),
                    refund.version(),
                    written.get(refund.id()));
            if (!scope.excepts(Except.EVERY_EVENT)) {
                Map<Integer, String> events = told.getOrDefault(refund.id(), Map.of());
                findings.check(
                        events.size() == refund.version() && refund.status().equals(events.get((int) refund.version())),
                        "refund %d: version %d, %s, the events say %s",
                        refund.id(),
                        refund.version(),
                        refund.status(),
                        events);
            }
        }
    }

    private void everythingUnfinishedIsOwned(Findings findings) throws SQLException {
        for (Row row : tables.read(
                "refunds",
                "select id, status from refund where due_at is null and holds = '[]' and status not in ('ISSUED', 'DENIED',"
                        + " 'CANCELLED')")) {
            findings.check(false, "refund %d is %s, and nobody has it", row.number(0), row.text(1));
        }
        findings.check(
                tables.count("refunds", "select count(*) from parked_event") == 0,
                "events are parked whose orders came");
    }

    /** Changes whenever something happens. */
    private long fingerprint() {
        try {
            return tables.count("refunds", "select coalesce(sum(version), 0)::bigint + count(*) from refund")
                    + tables.count("gateway", "select count(*) from delivery")
                    + violet.entries().size()
                    + shippedSuite.entries().size();
        } catch (SQLException e) {
            return -2;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** References of payments, for a person who looks. */
    static Collection<String> twice(Paid paid) {
        return paid.byReference().entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        partnerEvents.close();
        refundEvents.close();
    }
}
