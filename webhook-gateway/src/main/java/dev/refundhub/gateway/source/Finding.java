package dev.refundhub.gateway.source;

/** What a check says of a request; the names are published. */
public enum Finding {
    HOLDS("passed"),
    MISSING("what it looks for did not come with the request"),
    DOUBLED("it came more than once, so nobody can say which one counts"),
    WRONG("it is not what was agreed; a signature is wrong also where the body was changed on its way"),
    NOT_THROUGH_PROXY("the request did not come through one of hub.trusted-proxies, whose word alone counts"),
    NO_SUCH_SOURCE("there is no source of this name, or its partner does not come to this address"),
    UNDECIDED("nobody can say at the moment: a name has not been resolved yet");

    private final String meaning;

    Finding(String meaning) {
        this.meaning = meaning;
    }

    /** For people, without any value. */
    public String meaning() {
        return meaning;
    }
}
