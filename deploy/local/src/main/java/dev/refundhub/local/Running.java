package dev.refundhub.local;

import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.local.stack.Stack;

/** A stack that ends with this process, however it is asked to end. */
final class Running {
    private Running() {}

    static Stack start(Directories directories, Settings settings) {
        Stack stack = new Stack(directories, settings, System.out::println);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        try {
            return stack.start();
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }
}
