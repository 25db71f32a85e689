package dev.refundhub.local;

import dev.refundhub.local.merchant.Merchant;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.local.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Starts everything and keeps it up until it is interrupted. */
final class Up {
    private Up() {}

    static void run(Path module, Settings settings, String[] words) {
        Arguments arguments = Arguments.parse(words, Set.of("--data"), Set.of());
        Path data = arguments
                .option("--data")
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .orElse(null);
        Clock clock = new Clock();
        Stack stack = Running.start(Directories.of(module, data), settings);
        tellFirstOrder(stack);
        System.out.println(
                welcome(stack, Path.of("").toAbsolutePath().relativize(module).toString(), clock));
        untilInterrupted();
    }

    private static void tellFirstOrder(Stack stack) {
        try (Merchant merchant = new Merchant(stack.settings())) {
            merchant.tell(Files.readAllBytes(stack.directories().sample("order-20776138.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String welcome(Stack stack, String scripts, Clock clock) {
        return """

                Everything is up after %1$s:

                  webhooks %4$s
                  API      %3$s
                  Kafka    %5$s
                  tokens   %6$s

                An order lies on the topic orders, and Violet has its bag. A first refund:

                  %2$s/send %2$s/samples/claim-20776138.json --source acme-shipped
                  curl -H "Authorization: Bearer $(%2$s/token seller)" '%3$s/refunds?sourceRef=2'

                Ctrl-C stops everything."""
                .formatted(
                        clock,
                        scripts,
                        stack.settings().refunds(),
                        stack.settings().webhooks(),
                        stack.settings().kafka(),
                        stack.settings().issuer());
    }

    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
