package dev.refundhub.local.prove.check;

import java.util.ArrayList;
import java.util.List;

/** What did not hold, and how much was looked at. */
public final class Findings {
    private static final int MOST = 20;

    private final List<String> faults = new ArrayList<>();
    private int checked;
    private int more;

    @SuppressWarnings("AnnotateFormatMethod") // that annotation is of a library that nothing else here needs
    void check(boolean holds, String otherwise, Object... words) {
        checked++;
        if (!holds) {
            fault(otherwise.formatted(words));
        }
    }

    private void fault(String fault) {
        if (faults.size() < MOST) {
            faults.add(fault);
        } else {
            more++;
        }
    }

    /** What somebody else has found, too. */
    public void add(Findings others) {
        checked += others.checked;
        more += others.more;
        others.faults.forEach(this::fault);
    }

    public boolean held() {
        return faults.isEmpty();
    }

    public List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return all;
    }

    public int checked() {
        return checked;
    }
}
