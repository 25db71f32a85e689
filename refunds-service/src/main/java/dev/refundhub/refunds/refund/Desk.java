package dev.refundhub.refunds.refund;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.order.MoreThanIsLeft;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.policy.Policies;
import dev.refundhub.refunds.policy.Policy;
import dev.refundhub.refunds.policy.SourcePolicy;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Conflict;
import dev.refundhub.refunds.web.IfMatch;
import dev.refundhub.refunds.web.TooMuch;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries out what sellers, shoppers and operators ask for: each in one transaction that has locked the order. */
@ApplicationScoped
class Desk {

    private static final String SOURCE = "api";

    private final Refunds refunds;
    private final Policies policies;
    private final Approvals approvals;
    private final IdempotencyKeys keys;
    private final Sellers sellers;
    private final ObjectMapper json;

    Desk(
            Refunds refunds,
            Policies policies,
            Approvals approvals,
            IdempotencyKeys keys,
            Sellers sellers,
            ObjectMapper json) {
        this.refunds = refunds;
        this.policies = policies;
        this.approvals = approvals;
        this.keys = keys;
        this.sellers = sellers;
        this.json = json;
    }

    /** An answer, and whether it was given before. */
    record Answered(IdempotencyKeys.Answer answer, boolean replayed) {}

    /** Creates the refund that is asked for, once for each key. */
    Uni<Answered> create(Caller caller, Asking asking, String idempotencyKey, Function<Refund, Object> view) {
        OrderKey order = new OrderKey(caller.seller(), asking.orderId());
        IdempotencyKeys.Key key =
                IdempotencyKeys.Key.of(caller.seller(), caller.subject(), idempotencyKey, bytes(asking));
        String subject = caller.isSeller() ? null : caller.subject();
        By by = new By(caller.name(), null, Instant.now());
        String requester = caller.userName();
        return refunds.changeUnless(
                session -> key == null
                        ? Uni.createFrom().item(Optional.empty())
                        : keys.begin(session, key).map(known -> known.map(a -> new Answered(a, true))),
                List.of(order),
                books -> create(books, order, subject, requester, asking, by)
                        .map(refund ->
                                new IdempotencyKeys.Answer(refund.id(), new String(bytes(view.apply(refund)), UTF_8)))
                        .call(answer -> key == null
                                ? Uni.createFrom().voidItem()
                                : keys.keep(books.session(), key, answer, books.now()))
                        .map(answer -> new Answered(answer, false)));
    }

    private Uni<Refund> create(Books books, OrderKey key, String subject, String requester, Asking asking, By caller) {
        Order order = books.order(key)
                .filter(o -> subject == null || subject.equals(o.customerSubject()))
                .orElseThrow(NotFoundException::new);
        By by = new By(caller.who(), asking.reason(), books.now());
        return policies.of(books.session(), List.of(key.seller())).chain(bySeller -> {
            Policy policy = bySeller.getOrDefault(key.seller(), Policy.NONE);
            if (subject != null) {
                mustStillBeAsked(order, policy, books.now());
            }
            return refunds.newIds(books.session(), 1).chain(ids -> {
                Refund refund = begin(ids.get(0), order, requester, asking, policy, by);
                keep(books, refund, asking, policy, by);
                if (Boolean.TRUE.equals(asking.approve())) {
                    By approver = new By(caller.who(), null, books.now());
                    books.keep(refund, inCurrency(order, () -> approve(refund, null, policy, approver)));
                    return Uni.createFrom().item(refund);
                }
                return approvals.decide(books, List.of(refund), bySeller).replaceWith(refund);
            });
        });
    }

    private static Refund begin(long id, Order order, String requester, Asking asking, Policy policy, By by) {
        Wish wish = new Wish(
                Wish.API,
                UUID.randomUUID().toString(),
                SOURCE,
                requester,
                asking.reason(),
                asking.of(order),
                asking.minor(order),
                false);
        return new Refund(id, order, wish, asking.refundOnly(), policy.overdueAfterDays(), by.at());
    }

    private static void keep(Books books, Refund refund, Asking asking, Policy policy, By by) {
        List<Change> changes =
                inCurrency(refund.order(), () -> refund.ask(policy.of(SOURCE).includeTax(), by));
        Long told = asking.minor(refund.order());
        if (told != null && told != refund.amount()) {
            throw new Violations(List.of("amount: the lines come to " + Money.major(refund.amount(), refund.currency())
                    + " " + refund.currency()));
        }
        books.add(refund);
        books.keep(refund, changes);
    }

    private static void mustStillBeAsked(Order order, Policy policy, Instant now) {
        if (policy.askWithinDays() == null || order.placedAt() == null) {
            return;
        }
        if (now.isAfter(order.placedAt().plus(Duration.ofDays(policy.askWithinDays())))) {
            throw new Conflict(
                    "A refund can be asked for within " + policy.askWithinDays() + " days after the order was placed.");
        }
    }

    /** Does it to the refund that the query finds, if it is still the version that the caller has seen. */
    <T> Uni<T> act(
            RefundQuery own,
            long id,
            IfMatch ifMatch,
            BiFunction<Refund, Policy, List<Change>> deed,
            Function<Refund, T> view) {
        return refunds.orderOf(own.where("id", "id", id))
                .map(found -> found.orElseThrow(NotFoundException::new))
                .chain(order -> refunds.change(order, books -> refunds.byIds(books.session(), List.of(id))
                        .chain(found -> policies.of(books.session(), List.of(order.seller()))
                                .map(bySeller -> {
                                    Refund refund = found.get(0);
                                    ifMatch.check(refund.version());
                                    Policy policy = bySeller.getOrDefault(order.seller(), Policy.NONE);
                                    books.keep(refund, inCurrency(refund.order(), () -> deed.apply(refund, policy)));
                                    return view.apply(refund);
                                }))));
    }

    /** What a person decided or tells. */
    List<Change> carryOut(Doing doing, Refund refund, Policy policy, By by) {
        Accounts accounts = accounts(refund);
        SourcePolicy source = policy.of(refund.wish().source());
        boolean paysOnShipment = source.payOn() == SourcePolicy.PayOn.SHIPPED;
        By because = new By(by.who(), doing.reason(), by.at());
        Long amount = doing.minor(refund.currency());
        return switch (doing.action()) {
            case APPROVE -> approve(refund, amount, policy, by);
            case DENY -> refund.deny(doing.reason(), because);
            case RECEIVE -> refund.receive(accounts, by);
            case SHIP_INIT -> refund.ship(doing.trackingId(), doing.carrierName(), paysOnShipment, accounts, by);
            case MARK_ISSUED -> refund.markIssued(doing.reference(), amount, accounts, by);
            case RETRY -> refund.retry(accounts, by);
            case RELEASE -> refund.release(by);
            case CANCEL -> refund.cancel(by);
        };
    }

    private List<Change> approve(Refund refund, Long lower, Policy policy, By by) {
        SourcePolicy source = policy.of(refund.wish().source());
        boolean paysOnShipment = source.payOn() == SourcePolicy.PayOn.SHIPPED;
        return refund.approve(lower, source.includeTax(), paysOnShipment, accounts(refund), by);
    }

    private Accounts accounts(Refund refund) {
        return sellers.accounts(refund.order().key().seller());
    }

    /** Refusals in words for a caller. */
    private static <T> T inCurrency(Order order, Supplier<T> work) {
        try {
            return work.get();
        } catch (MoreThanIsLeft e) {
            throw new TooMuch(e.getMessage(), e.left() == null ? null : Money.major(e.left(), order.currency()));
        } catch (CannotBecome e) {
            throw new Conflict(e.getMessage());
        }
    }

    private byte[] bytes(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
