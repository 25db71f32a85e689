package dev.refundhub.gateway.source;

import java.util.Map;

/** One thing that the settings of a source demand of every request. */
interface Check {

    /** As the settings call it. */
    String name();

    /** What it looks at, for people; never a secret. */
    Map<String, Object> demands();

    Finding judge(Arrived arrived);
}
