package dev.refundhub.local.prove.row;

/** Something that is done to the hub; when it returns, whatever it took away is there again. */
@FunctionalInterface
interface Hurt {
    /**
     * Does it.
     *
     * @return what was done, for a person
     * @throws Skipped where this machine does not allow it
     * @throws Exception where it could not be done; the row is invalid then
     */
    String in(Scene scene) throws Exception;

    /** Not done, and why. */
    final class Skipped extends Exception {
        Skipped(String why) {
            super(why);
        }
    }
}
