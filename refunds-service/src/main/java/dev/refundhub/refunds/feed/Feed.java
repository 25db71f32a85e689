package dev.refundhub.refunds.feed;

import dev.refundhub.refunds.claim.PartnerNews;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.ToldOrder;
import dev.refundhub.refunds.policy.Policies;
import dev.refundhub.refunds.policy.Policy;
import dev.refundhub.refunds.portal.ShownOrders;
import dev.refundhub.refunds.refund.Approvals;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.By;
import dev.refundhub.refunds.refund.Refund;
import dev.refundhub.refunds.refund.RefundStatus;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.refund.Sellers;
import dev.refundhub.refunds.sale.SaleHints;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the merchant's word for its orders, and does what waited for it. */
@ApplicationScoped
class Feed {

    private final Refunds refunds;
    private final PartnerNews news;
    private final Approvals approvals;
    private final Policies policies;
    private final RefundedElsewhere facts;
    private final Sellers sellers;
    private final SaleHints hints;
    private final ShownOrders shown;

    Feed(
            Refunds refunds,
            PartnerNews news,
            Approvals approvals,
            Policies policies,
            RefundedElsewhere facts,
            Sellers sellers,
            SaleHints hints,
            ShownOrders shown) {
        this.refunds = refunds;
        this.news = news;
        this.approvals = approvals;
        this.policies = policies;
        this.facts = facts;
        this.sellers = sellers;
        this.hints = hints;
        this.shown = shown;
    }

    /** In one transaction that has locked the orders. Returns those told that contradict what was told before. */
    Uni<Set<ToldOrder>> take(Books books, List<ToldOrder> told) {
        Set<ToldOrder> contradicting = new HashSet<>();
        Set<OrderKey> confirmed = told.stream()
                .map(ToldOrder::key)
                .filter(key -> books.order(key).filter(Order::isUnconfirmed).isPresent())
                .collect(Collectors.toSet());
        Set<OrderKey> arrived = new HashSet<>(confirmed);
        List<ToldOrder> news = new ArrayList<>();
        Map<Refund, Refund.Withdrawn> withdrawn = new LinkedHashMap<>();
        return unconfirmedOf(books, confirmed)
                .invoke(waiting -> waiting.forEach(refund -> withdrawn.put(refund, refund.withdraw())))
                .invoke(waiting -> told.forEach(each -> take(books, each, news, arrived, contradicting)))
                .call(() -> facts.book(books, news))
                .call(() -> shown.keep(books.session(), news))
                .call(() -> reconsider(books, withdrawn))
                .call(() -> takeUpParked(books, arrived))
                .call(() -> hints.takeUp(books, known(books, news)))
                .replaceWith(contradicting);
    }

    private static void take(
            Books books, ToldOrder told, List<ToldOrder> news, Set<OrderKey> arrived, Set<ToldOrder> contradicting) {
        Order order = books.order(told.key()).orElse(null);
        if (order == null) {
            books.add(new Order(told.order(), told.digest()));
            arrived.add(told.key());
            news.add(told);
            return;
        }
        String before = order.number();
        switch (order.take(told.order(), told.digest())) {
            case NEWS -> {
                news.add(told);
                if (!Objects.equals(before, order.number())) {
                    arrived.add(told.key());
                }
            }
            case CONTRADICTS -> contradicting.add(told);
            case OLDER, SAME -> {}
        }
    }

    /** What was promised comes before what is only asked for, and then what is older. */
    private Uni<List<Refund>> unconfirmedOf(Books books, Set<OrderKey> confirmed) {
        return confirmed.isEmpty()
                ? Uni.createFrom().item(List.of())
                : refunds.unconfirmedOf(books.session(), confirmed).map(found -> found.stream()
                        .filter(Refund::awaitsItsOrder)
                        .sorted(Comparator.comparing(refund -> refund.status() == RefundStatus.REQUESTED))
                        .toList());
    }

    /** Amount and reservation anew, from what the merchant says, then the policy. */
    private Uni<Void> reconsider(Books books, Map<Refund, Refund.Withdrawn> withdrawn) {
        if (withdrawn.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Refund> waiting = List.copyOf(withdrawn.keySet());
        Set<String> names = waiting.stream().map(Feed::seller).collect(Collectors.toSet());
        return policies.of(books.session(), names).chain(bySeller -> {
            By by = new By("orders", null, books.now());
            waiting.forEach(refund -> books.keep(
                    refund,
                    refund.reconsider(
                            withdrawn.get(refund), withTax(refund, bySeller), sellers.accounts(seller(refund)), by)));
            return approvals.decide(books, waiting, bySeller);
        });
    }

    private static List<Order> known(Books books, List<ToldOrder> news) {
        return news.stream()
                .map(told -> books.order(told.key()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private Uni<Void> takeUpParked(Books books, Set<OrderKey> arrived) {
        List<Order> orders =
                arrived.stream().map(books::order).flatMap(Optional::stream).toList();
        return orders.isEmpty() ? Uni.createFrom().voidItem() : news.takeUpParked(books, orders);
    }

    private static boolean withTax(Refund refund, Map<String, Policy> bySeller) {
        return bySeller.getOrDefault(seller(refund), Policy.NONE)
                .of(refund.wish().source())
                .includeTax();
    }

    private static String seller(Refund refund) {
        return refund.order().key().seller();
    }
}
