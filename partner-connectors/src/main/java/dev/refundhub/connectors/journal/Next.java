package dev.refundhub.connectors.journal;

import static dev.refundhub.connectors.journal.State.ASKING;
import static dev.refundhub.connectors.journal.State.DONE;
import static dev.refundhub.connectors.journal.State.DUE;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows what was learned: this is all of it.
 *
 * @param in when to go on; zero where nothing follows
 * @param anew whether a new wait begins
 */
record Next(State state, Duration in, boolean anew) {

    /** After an answer to the instruction itself, or after finding that it was carried out already. */
    static Next afterTrying(Call call, Answer answer, Patience patience) {
        return switch (answer.outcome()) {
            case COMPLETED, DECLINED -> done();
            case ACCEPTED, PARTLY -> new Next(ASKING, orNow(patience.askAgain(Duration.ZERO)), true);
            case UNCLEAR ->
                call.isRepeatable()
                        ? tryAgain(call, answer, patience)
                        : new Next(ASKING, orNow(patience.lookUp(Duration.ZERO)), true);
            case NOT_SENT -> tryAgain(call, answer, patience);
        };
    }

    private static Next tryAgain(Call call, Answer answer, Patience patience) {
        return patience.tryAgain(call.age(), call.tries(), answer.retryAfter())
                .map(pause -> new Next(DUE, pause, false))
                .orElseGet(Next::done);
    }

    /** After finding our reference while asking. */
    static Next afterFinding(Call call, Answer answer, Patience patience) {
        if (!call.isReported(answer.outcome())) {
            return afterTrying(call, answer, patience);
        }
        return afterNothingNew(call, patience);
    }

    /** After asking, and being none the wiser. */
    static Next afterNothingNew(Call call, Patience patience) {
        Optional<Duration> pause = isUnclear(call) ? patience.lookUp(call.age()) : patience.askAgain(call.age());
        return pause.map(in -> new Next(ASKING, in, false)).orElseGet(Next::done);
    }

    /** After asking in vain: the partner could not be read. */
    static Next afterFailing(Call call, Patience patience) {
        Next next = afterNothingNew(call, patience);
        return next.state() != DONE
                ? next
                : patience.overtime(call.age(), isUnclear(call))
                        .map(in -> new Next(ASKING, in, false))
                        .orElse(next);
    }

    /** After a look at the lease's end shows an attempt of which nobody heard. */
    static Next again() {
        return new Next(DUE, Duration.ZERO, false);
    }

    static Next done() {
        return new Next(DONE, Duration.ZERO, false);
    }

    private static boolean isUnclear(Call call) {
        return call.isReported(Outcome.UNCLEAR);
    }

    private static Duration orNow(Optional<Duration> pause) {
        return pause.orElse(Duration.ZERO);
    }
}
