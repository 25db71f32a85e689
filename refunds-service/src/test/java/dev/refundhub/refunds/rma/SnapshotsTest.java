package dev.refundhub.refunds.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.messages.PartnerReturn.Item;
import dev.refundhub.refunds.refund.OpenBooks;
import dev.refundhub.refunds.refund.Refund;
import dev.refundhub.refunds.refund.RefundStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a return come in any order and number: the newest says what is so, and payments are never more than one said. */
class SnapshotsTest {

    private static final int RETURNS = 1500;
    private static final List<String> ON_THE_WAY = List.of("EXPECTED", "SHIPPED");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void beforeAnythingIsPaidAnySubsetInAnyOrderEndsLikeTheNewestAlone(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < RETURNS; i++) {
            boolean approvesAll = random.nextBoolean();
            List<PartnerReturn> told = someOf(history(random, !approvesAll, !approvesAll), random);
            Returned all = new Returned(approvesAll);
            told.forEach(all::take);
            Returned newest = new Returned(approvesAll);
            newest.take(Collections.max(told, Comparator.comparing(PartnerReturn::updatedAt)));

            assertEquals(summary(newest), summary(all), "seed " + seed + ", return " + i + ": " + told);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aroundPaymentsNoMoreIsEverPaidThanTheLargestSnapshotAllows(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < RETURNS; i++) {
            List<PartnerReturn> told = someOf(history(random, true, true), random);
            Returned all = new Returned(true);
            long most = 0;
            for (PartnerReturn each : told) {
                all.take(each);
                most = Math.max(most, worth(each));
                String where = "seed " + seed + ", return " + i + ": " + told;
                assertTrue(paid(all) <= most, where);
                assertTrue(all.order().money().excess() == 0, where);
            }
        }
    }

    private static long worth(PartnerReturn told) {
        return told.items().stream()
                .filter(item -> item.kind().equals("REFUND"))
                .mapToLong(Item::amountMinor)
                .sum();
    }

    private static long paid(Returned returned) {
        return returned.refunds().stream()
                .filter(r -> r.isToBePaid() && !r.wish().elsewhere())
                .mapToLong(Refund::amount)
                .sum();
    }

    /** What is wanted, with everything that decides about paying it; the number of a unit that was taken back is not used again. */
    private static List<String> summary(Returned returned) {
        List<String> summary = new ArrayList<>();
        for (Refund refund : returned.refunds()) {
            if (refund.status() != RefundStatus.CANCELLED) {
                summary.add(String.join(
                        " ",
                        refund.wish().sourceRef().replaceAll("[0-9]+$", ""),
                        refund.status().name(),
                        String.valueOf(refund.amount()),
                        OpenBooks.goods(refund).name(),
                        OpenBooks.holds(refund).toString()));
            }
        }
        summary.add("reserved " + returned.order().money().reserved());
        Collections.sort(summary);
        return summary;
    }

    private static List<PartnerReturn> someOf(List<PartnerReturn> history, Random random) {
        List<PartnerReturn> some = new ArrayList<>();
        while (some.isEmpty()) {
            history.forEach(each -> some.addAll(Collections.nCopies(random.nextInt(3), each)));
        }
        Collections.shuffle(some, random);
        return some;
    }

    /**
     * A life as a return may have it: goods come nearer, amounts change, units vanish, exchanges turn into money. (What a policy
     * has approved meanwhile keeps its units before what asks for them twice.)
     */
    private static List<PartnerReturn> history(Random random, boolean goodsCome, boolean moreThanWasBought) {
        List<Item> items = new ArrayList<>();
        int units = 1 + random.nextInt(3);
        for (int i = 0; i < units; i++) {
            boolean b = random.nextBoolean()
                    && (moreThanWasBought
                            || items.stream().noneMatch(item -> item.lineId().equals("b")));
            items.add(newItem(random, b ? "b" : "a"));
        }
        List<PartnerReturn> history = new ArrayList<>();
        int snapshots = 1 + random.nextInt(6);
        for (int minute = 1; minute <= snapshots; minute++) {
            String status = minute == snapshots && random.nextInt(4) == 0 ? "CANCELED" : "CREATED";
            history.add(Returned.snapshot(status, minute, items.toArray(Item[]::new)));
            int which = random.nextInt(items.size());
            if (items.size() > 1 && random.nextInt(5) == 0) {
                items.remove(which);
            } else {
                items.set(which, changed(items.get(which), random, goodsCome));
            }
        }
        return history;
    }

    private static Item newItem(Random random, String line) {
        String kind = random.nextInt(3) == 0 ? "EXCHANGE" : "REFUND";
        return Returned.item(line, kind, "EXPECTED", kind.equals("REFUND") ? amount(random, line) : 0);
    }

    private static long amount(Random random, String line) {
        return line.equals("a") ? 500 + random.nextInt(501) : 1500 + random.nextInt(1001);
    }

    private static Item changed(Item item, Random random, boolean goodsCome) {
        if (item.kind().equals("EXCHANGE") && random.nextInt(3) == 0) {
            return Returned.item(item.lineId(), "REFUND", item.goods(), amount(random, item.lineId()));
        }
        if (item.kind().equals("REFUND") && random.nextInt(3) == 0) {
            return Returned.item(item.lineId(), "REFUND", item.goods(), amount(random, item.lineId()));
        }
        String goods = goodsCome && item.goods().equals("SHIPPED")
                ? "RECEIVED"
                : item.goods().equals("RECEIVED") ? "RECEIVED" : ON_THE_WAY.get(1);
        return Returned.item(item.lineId(), item.kind(), goods, item.amountMinor());
    }
}
