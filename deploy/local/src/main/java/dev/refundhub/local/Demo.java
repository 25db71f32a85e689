package dev.refundhub.local;

import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.local.stack.Stack;
import dev.refundhub.local.story.Narrator;
import dev.refundhub.local.story.Story;
import java.nio.file.Path;
import java.util.Set;

/** Starts everything, plays the story, stops; it fails if the story did not come true. */
final class Demo {
    private Demo() {}

    static void run(Path module, Settings settings, String[] words) {
        Arguments.parse(words, Set.of(), Set.of());
        if (!settings.ownsPartnersAndIssuer()) {
            throw new CannotStart("The demo needs partners and an issuer of its own: "
                    + "unset HUB_OIDC, HUB_ACCOUNT_VIOLET_URL and HUB_ACCOUNT_SHIPPED_URL.");
        }
        Clock clock = new Clock();
        try (Stack stack = Running.start(Directories.of(module, null), settings)) {
            System.out.println("Everything is up after " + clock + ".");
            Narrator narrator = new Narrator(line -> System.out.println(line));
            try (Story story = new Story(stack, narrator)) {
                story.play();
            }
        }
        System.out.println();
        System.out.println("The story came true, and everything is stopped, after " + clock + ".");
    }
}
