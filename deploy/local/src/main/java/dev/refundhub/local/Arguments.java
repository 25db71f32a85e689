package dev.refundhub.local;

import dev.refundhub.local.stack.CannotStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stood on the command line: words, options with a value, flags without one. */
record Arguments(List<String> words, Map<String, String> options) {
    /** Of the script: it has done its work when Java starts. */
    private static final String BUILD = "--build";

    static Arguments parse(String[] arguments, Set<String> withValue, Set<String> flags) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (withValue.contains(argument)) {
                if (++i == arguments.length) {
                    throw new CannotStart(argument + " needs a value.");
                }
                options.put(argument, arguments[i]);
            } else if (flags.contains(argument)) {
                options.put(argument, "");
            } else if (argument.startsWith("-") && !argument.equals(BUILD)) {
                throw new CannotStart("There is no option " + argument + "; see --help.");
            } else if (!argument.equals(BUILD)) {
                words.add(argument);
            }
        }
        return new Arguments(words, options);
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
