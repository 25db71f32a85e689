package dev.refundhub.local.simulator;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Plays a call as its knob says: lets the partner do it or not, and lets the answer arrive or not. */
final class Stage {

    private final Vertx vertx;
    private final Partner partner;
    private final Disk disk;
    private final List<Runnable> held = new ArrayList<>();

    Stage(Vertx vertx, Partner partner, Disk disk) {
        this.vertx = vertx;
        this.partner = partner;
        this.disk = disk;
    }

    void play(Call call, Wire wire) {
        Knob knob = call.knob();
        switch (knob.behaviour()) {
            case NORMAL, PROCESSING, PARTIALLY_COMPLETED, FAILED, TOKEN_EXPIRED -> done(call, wire::send);
            case REFUSE -> wire.send(partner.refusal(call));
            case TOO_MANY_REQUESTS ->
                wire.send(Answer.tooMany(Optional.ofNullable(knob.seconds()).orElse(1)));
            case FAIL_BEFORE -> wire.send(partner.breakdown());
            case FAIL_AFTER -> done(call, answer -> wire.send(partner.breakdown()));
            case RESET_BEFORE -> wire.reset();
            case RESET_AFTER -> done(call, answer -> wire.reset());
            case HOLD -> hold(knob, () -> done(call, wire::send));
            case ANSWER_LATE -> done(call, answer -> late(knob, () -> wire.send(answer)));
            case SLOW_DRIP ->
                done(
                        call,
                        answer -> wire.drip(
                                answer, Optional.ofNullable(knob.millis()).orElse(100L)));
            case GARBAGE -> done(call, answer -> wire.send(Answer.garbage()));
            case TRUNCATED -> done(call, wire::truncate);
        }
    }

    /** Lets every call that is held without a time go on, in the order of their coming. */
    int release() {
        List<Runnable> released = List.copyOf(held);
        held.clear();
        released.forEach(Runnable::run);
        return released.size();
    }

    private void hold(Knob knob, Runnable next) {
        if (knob.millis() == null) {
            held.add(next);
        } else {
            late(knob, next);
        }
    }

    private void late(Knob knob, Runnable next) {
        if (knob.millis() != null) {
            vertx.setTimer(Math.max(1, knob.millis()), timer -> next.run());
        }
    }

    /** Lets the partner do it, and goes on when the ledger is on the disk. */
    private void done(Call call, Consumer<Answer> next) {
        Answer answer = answer(call);
        disk.then(() -> next.accept(answer));
    }

    private Answer answer(Call call) {
        try {
            return partner.answer(call);
        } catch (Refused refused) {
            return refused.answer();
        }
    }
}
