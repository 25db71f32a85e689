package dev.refundhub.connectors.exchange;

import java.time.Duration;

/** How an exchange with a partner ended. What matters most: whether the request may have left us. */
public sealed interface Ended {

    /** Not one byte of the request left us. */
    record NeverSent(String why) implements Ended {

        /** Whether the partner had no part in it. */
        boolean isOurs() {
            return !why.equals("NOT_CONNECTED") && !why.equals("TIMED_OUT");
        }
    }

    /** The request may have arrived; nobody told us. */
    record NoAnswer(String why) implements Ended {}

    /**
     * The partner answered. It prints as its status: the body may hold a token.
     *
     * @param retryAfter null where it does not say
     */
    record Answered(int status, Duration retryAfter, String body) implements Ended {

        @Override
        public String toString() {
            return "Answered " + status;
        }
    }
}
