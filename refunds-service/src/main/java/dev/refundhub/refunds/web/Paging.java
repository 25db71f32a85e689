package dev.refundhub.refunds.web;

import jakarta.ws.rs.DefaultValue;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** Which part of a list is wanted. */
public class Paging {

    private static final int LARGEST_SIZE = 100;
    private static final int DEEPEST = 10_000;

    @RestQuery
    @DefaultValue("0")
    String page;

    @RestQuery
    @DefaultValue("20")
    String size;

    /** Which part a list is, counted from 0, and whether there is another one behind it. */
    public record Page(int index, int size, boolean hasNext) {}

    /** From 0. */
    public int page() {
        return Integer.parseInt(page);
    }

    /** At most 100. */
    public int size() {
        return Integer.parseInt(size);
    }

    /** How many come before it. */
    public int offset() {
        return page() * size();
    }

    /** What is found when one more than the size is looked for. */
    public <T> List<T> cut(List<T> found) {
        return found.subList(0, Math.min(found.size(), size()));
    }

    /** The part that was found when one more than the size was looked for. */
    public Page of(List<?> found) {
        return new Page(page(), size(), found.size() > size());
    }

    /** What is wrong with it; empty if nothing is. */
    public List<String> pageViolations() {
        List<String> wrong = new ArrayList<>();
        if (!isInteger(page, 0, DEEPEST)) {
            wrong.add("page: must be an integer from 0 on");
        }
        if (!isInteger(size, 1, LARGEST_SIZE)) {
            wrong.add("size: must be an integer from 1 to " + LARGEST_SIZE);
        }
        if (wrong.isEmpty() && offset() > DEEPEST) {
            wrong.add("page: page × size is at most " + DEEPEST
                    + "; filter, or go on with before=<id> where there is one");
        }
        return wrong;
    }

    /** Refuses what cannot be meant. */
    public void check() {
        List<String> wrong = pageViolations();
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
    }

    /** Whether a text is a whole number between these. */
    protected static boolean isInteger(String text, long from, long to) {
        try {
            long number = Long.parseLong(text);
            return number >= from && number <= to;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
