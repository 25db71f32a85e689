package dev.refundhub.local.stack;

import java.nio.file.Path;

/** A stack without services in a process of its own, to be killed. */
final class AroundMain {
    private AroundMain() {}

    public static void main(String[] arguments) throws Exception {
        try (Stack stack = new Stack(directories(Path.of(arguments[0])), new Settings(System.getenv()), line -> {})) {
            stack.startAround();
            System.out.println("up");
            System.in.read();
        }
    }

    static Directories directories(Path in) {
        Path checkout = Path.of("../..").toAbsolutePath().normalize();
        return new Directories(checkout, in.resolve("state"), in.resolve("state/data"), in.resolve("logs"));
    }
}
