package dev.refundhub.local.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The script: the first knob that matches a call plays it, as often as the knob says. */
final class Knobs {

    private static final class Turned {
        final Knob knob;
        int played;

        Turned(Knob knob) {
            this.knob = knob;
        }

        boolean isSpent() {
            int times = Optional.ofNullable(knob.times()).orElse(1);
            return times > 0 && played >= times;
        }
    }

    private final List<Turned> script = new ArrayList<>();
    private Random dice = new Random(0);

    void add(List<Knob> knobs) {
        knobs.forEach(knob -> script.add(new Turned(knob)));
    }

    /** The same seed and the same calls give the same dice. */
    void seed(long seed) {
        dice = new Random(seed);
    }

    void clear() {
        script.clear();
    }

    List<Knob> waiting() {
        return script.stream().map(turned -> turned.knob).toList();
    }

    Knob next(Call call) {
        for (Turned turned : script) {
            if (turned.knob.matches(call) && falls(turned.knob)) {
                turned.played++;
                script.removeIf(Turned::isSpent);
                return turned.knob;
            }
        }
        return Knob.NONE;
    }

    private boolean falls(Knob knob) {
        return knob.percent() == null || dice.nextInt(100) < knob.percent();
    }
}
