package dev.refundhub.local.simulator;

/** The caller's mistake: nothing was done, and this is what the partner answers. */
public final class Refused extends RuntimeException {

    private final transient Answer answer;

    /** Refuses with this answer. */
    public Refused(Answer answer) {
        super(answer.body());
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
