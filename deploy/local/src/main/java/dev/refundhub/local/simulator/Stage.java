package dev.refundhub.local.simulator;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays a call as its knob says: lets the partner do it or not, and lets the answer arrive or not. */
final class Stage {

    private final Vertx vertx;
    private final Partner partner;
    private final List<Runnable> held = new ArrayList<>();

    Stage(Vertx vertx, Partner partner) {
        this.vertx = vertx;
        this.partner = partner;
    }

    void play(Call call, Wire wire) {
        Knob knob = call.knob();
        switch (knob.behaviour()) {
            case NORMAL, PROCESSING, PARTIALLY_COMPLETED, FAILED, TOKEN_EXPIRED -> wire.send(done(call));
            case REFUSE -> wire.send(partner.refusal(call));
            case TOO_MANY_REQUESTS ->
                wire.send(Answer.tooMany(Optional.ofNullable(knob.seconds()).orElse(1)));
            case FAIL_BEFORE -> wire.send(partner.breakdown());
            case FAIL_AFTER -> {
                done(call);
                wire.send(partner.breakdown());
            }
            case RESET_BEFORE -> wire.reset();
            case RESET_AFTER -> {
                done(call);
                wire.reset();
            }
            case HOLD -> hold(call, wire);
            case ANSWER_LATE -> {
                Answer answer = done(call);
                if (knob.millis() != null) {
                    vertx.setTimer(knob.millis(), timer -> wire.send(answer));
                }
            }
            case SLOW_DRIP ->
                wire.drip(done(call), Optional.ofNullable(knob.millis()).orElse(100L));
            case GARBAGE -> {
                done(call);
                wire.send(Answer.garbage());
            }
            case TRUNCATED -> wire.truncate(done(call));
        }
    }

    /** Lets every call that is held without a time go on, in the order of their coming. */
    int release() {
        List<Runnable> released = List.copyOf(held);
        held.clear();
        released.forEach(Runnable::run);
        return released.size();
    }

    private void hold(Call call, Wire wire) {
        if (call.knob().millis() == null) {
            held.add(() -> wire.send(done(call)));
        } else {
            vertx.setTimer(call.knob().millis(), timer -> wire.send(done(call)));
        }
    }

    private Answer done(Call call) {
        try {
            return partner.answer(call);
        } catch (Refused refused) {
            return refused.answer();
        }
    }
}
