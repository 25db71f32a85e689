package dev.refundhub.local;

import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.merchant.Merchant;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.messages.MerchantOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Sends what the outside would send: a partner's signed delivery, or an order of the merchant. */
final class Send {
    private final Settings settings;
    private final Directories directories;

    /** What happened, as Violet says it. */
    private String topic = "";

    private Send(Settings settings, Directories directories) {
        this.settings = settings;
        this.directories = directories;
    }

    static void run(Path module, Settings settings, String[] words) {
        Arguments arguments = Arguments.parse(words, Set.of("--source", "--order", "--topic"), Set.of("--all"));
        Send send = new Send(settings, Directories.of(module, null));
        try {
            send.run(arguments);
        } catch (UncheckedIOException e) {
            throw new CannotStart(
                    "Nobody answers at " + settings.webhooks() + ": is the stack up? (deploy/local/up)", e);
        }
    }

    private void run(Arguments arguments) {
        topic = arguments.option("--topic").orElse("ORDER_UPDATED");
        String source = arguments.option("--source").orElse("acme-shipped");
        if (arguments.has("--all")) {
            directories.samples("order-").forEach(this::order);
            directories.samples("claim-").forEach(sample -> deliver(sample, source));
            directories.samples("return-").forEach(sample -> deliver(sample, "acme-optoro"));
            directories.samples("instant-").forEach(sample -> deliver(sample, "acme-refundid"));
            directories.samples("sale-").forEach(sample -> deliver(sample, "violet"));
        } else if (arguments.has("--order")) {
            order(file(arguments.option("--order").orElseThrow()));
        } else if (arguments.words().isEmpty() || !arguments.has("--source")) {
            throw new CannotStart("Send what, and where to? FILE --source SOURCE, --order FILE, or --all; see --help.");
        } else {
            List<Path> files = arguments.words().stream().map(Send::file).toList();
            files.forEach(file -> deliver(file, source));
        }
    }

    private void deliver(Path file, String source) {
        Reply reply = new Sources(directories.config("webhook-gateway"), settings.environment())
                .deliver(settings.webhooks(), source, read(file), topic);
        System.out.println(file.getFileName() + " to " + source + ": " + reply.status()
                + reply.header("Delivery-Id").map(id -> ", Delivery-Id " + id).orElse(""));
    }

    private void order(Path file) {
        try (Merchant merchant = new Merchant(settings)) {
            MerchantOrder order = merchant.tell(read(file));
            System.out.println(file.getFileName() + " to orders: order " + order.orderId() + " of " + order.seller());
        }
    }

    private static Path file(String name) {
        Path file = Path.of(name);
        if (!Files.isReadable(file)) {
            throw new CannotStart("There is no file " + name + ".");
        }
        return file;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
