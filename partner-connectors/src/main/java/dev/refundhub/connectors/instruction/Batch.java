package dev.refundhub.connectors.instruction;

import dev.refundhub.connectors.instruction.Heard.Instruction;
import dev.refundhub.connectors.instruction.Heard.Look;
import dev.refundhub.connectors.instruction.Heard.Resolution;
import dev.refundhub.connectors.instruction.Heard.Unreadable;
import dev.refundhub.connectors.look.Looks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came together. An instruction that came more than once is one, as it came last, unless its terms changed. */
final class Batch {

    private final Map<String, Instruction> instructions = new LinkedHashMap<>();
    private final List<Looks.Told> looks = new ArrayList<>();
    private final List<Resolution> resolutions = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    void add(Heard heard) {
        if (heard instanceof Unreadable letter) {
            unreadable.add(letter);
        } else if (heard instanceof Instruction instruction) {
            add(instruction);
        } else if (heard instanceof Look look) {
            looks.add(new Looks.Told(look.look(), look.from().trace()));
        } else if (heard instanceof Resolution resolution) {
            resolutions.add(resolution);
        }
    }

    private void add(Instruction instruction) {
        Instruction first = instructions.putIfAbsent(instruction.instructionId(), instruction);
        if (first == null) {
            return;
        }
        if (!first.terms().equals(instruction.terms())) {
            unreadable.add(changed(instruction));
        } else if (first.refusal() != null || instruction.refusal() == null) {
            instructions.put(instruction.instructionId(), instruction);
        }
    }

    Collection<Instruction> instructions() {
        return instructions.values();
    }

    List<Looks.Told> looks() {
        return looks;
    }

    /** In the order of their coming; they are heard after the payments that came with them. */
    List<Resolution> resolutions() {
        return resolutions;
    }

    /** Which of those that were taken can be carried out. */
    List<String> carriedOut(Set<String> taken) {
        return instructions.values().stream()
                .filter(instruction -> instruction.refusal() == null)
                .map(Instruction::instructionId)
                .filter(taken::contains)
                .toList();
    }

    /** What the journal does not take: what cannot be read, and what it knows in other terms. */
    List<Unreadable> aside(Set<String> taken) {
        List<Unreadable> aside = new ArrayList<>(unreadable);
        instructions.values().stream()
                .filter(instruction -> !taken.contains(instruction.instructionId()))
                .map(Batch::changed)
                .forEach(aside::add);
        return aside;
    }

    private static Unreadable changed(Instruction instruction) {
        return new Unreadable(instruction.from(), "INSTRUCTION_CHANGED");
    }
}
