package dev.refundhub.local.story;

import dev.refundhub.local.prove.ConnectorsProof;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.FreePorts;
import dev.refundhub.local.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One stack for all classes that leave it as they found it; it ends with the last of them. */
final class SharedStack implements BeforeAllCallback {
    static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    static final Path SAMPLES = CHECKOUT.resolve("deploy/local/samples");

    private static Stack stack;

    /** What is started once and ended by JUnit. */
    private record Running(Stack stack) implements AutoCloseable {
        @Override
        public void close() {
            stack.close();
        }
    }

    static Stack get() {
        return stack;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        stack = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedStack.class))
                .computeIfAbsent("stack", name -> start(), Running.class)
                .stack();
    }

    private static Running start() {
        try {
            Path directory = Files.createTempDirectory("hub");
            Directories directories = new Directories(
                    CHECKOUT, directory.resolve("state"), directory.resolve("state/data"), Path.of("target/it-logs"));
            Stack starting = new Stack(directories, FreePorts.settings(ConnectorsProof.IMPATIENT), System.out::println);
            try {
                return new Running(starting.start());
            } catch (RuntimeException e) {
                starting.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
