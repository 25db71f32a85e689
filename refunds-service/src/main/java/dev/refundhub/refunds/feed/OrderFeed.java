package dev.refundhub.refunds.feed;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.inbox.DeadLetters;
import dev.refundhub.refunds.inbox.Inbox;
import dev.refundhub.refunds.inbox.Messages;
import dev.refundhub.refunds.inbox.Received;
import dev.refundhub.refunds.order.BadOrder;
import dev.refundhub.refunds.order.ToldOrder;
import dev.refundhub.refunds.order.ToldOrders;
import dev.refundhub.refunds.refund.Refunds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The merchant's orders as its order system publishes them. */
@ApplicationScoped
class OrderFeed {

    private final Inbox inbox;
    private final Messages messages;
    private final ToldOrders toldOrders;
    private final DeadLetters deadLetters;
    private final Refunds refunds;
    private final Feed feed;

    OrderFeed(
            Inbox inbox,
            Messages messages,
            ToldOrders toldOrders,
            DeadLetters deadLetters,
            Refunds refunds,
            Feed feed) {
        this.inbox = inbox;
        this.messages = messages;
        this.toldOrders = toldOrders;
        this.deadLetters = deadLetters;
        this.refunds = refunds;
        this.feed = feed;
    }

    @Incoming(MerchantOrder.TOPIC)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return inbox.take(records, this::read, this::take);
    }

    private ToldOrder read(String type, byte[] value) {
        try {
            return toldOrders.fromMerchant(messages.read(type, MerchantOrder.TYPE, value, MerchantOrder.class));
        } catch (BadOrder e) {
            throw new Refused(e.getMessage());
        }
    }

    private Uni<Void> take(List<Received<ToldOrder>> received) {
        List<ToldOrder> told = received.stream().map(Received::message).toList();
        return refunds.change(told.stream().map(ToldOrder::key).toList(), books -> Uni.createFrom()
                .voidItem()
                .invoke(() ->
                        received.forEach(each -> books.because(each.message().key(), each.trace())))
                .chain(() -> feed.take(books, told))
                .chain(contradicting -> deadLetters.putAside(
                        books.session(),
                        received.stream()
                                .filter(each -> contradicting.contains(each.message()))
                                .map(each -> new DeadLetters.Aside(each, "CONTRADICTS_WHAT_WAS_TOLD"))
                                .toList())));
    }
}
