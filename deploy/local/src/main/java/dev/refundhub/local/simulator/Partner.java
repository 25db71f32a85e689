package dev.refundhub.local.simulator;

/** A partner behind its documented API. Always called by one thread, one call after the other. */
public interface Partner {

    /**
     * Does what the call asks for, as the partner would, and has it in the ledger before answering.
     *
     * @throws Refused if the partner would not do it
     */
    Answer answer(Call call);

    /**
     * Answers what only this partner has under {@code /_simulator}: what it knows before anybody calls.
     *
     * @throws IllegalArgumentException if the body says nothing that makes sense
     */
    Answer administer(Call call);

    /** What it answers when it refuses with the code of the call's knob, whatever was asked. */
    Answer refusal(Call call);

    /** What it answers when it has broken down. */
    Answer breakdown();

    /** Whether it can behave like this. */
    boolean plays(Knob knob);
}
