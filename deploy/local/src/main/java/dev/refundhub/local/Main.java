package dev.refundhub.local;

import dev.refundhub.local.prove.Disproved;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.local.story.Broken;
import java.nio.file.Path;
import java.util.Arrays;

/** The commands of the local stack; the scripts of the same names call it. */
public final class Main {
    private Main() {}

    /** Takes the command first; {@code -Dhub.local} names the directory of the scripts. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Path module = Path.of(System.getProperty("hub.local", "deploy/local")).toAbsolutePath();
        Settings settings = new Settings(System.getenv());
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            switch (arguments[0]) {
                case "bench" -> Bench.run(module, settings, rest);
                case "demo" -> Demo.run(module, settings, rest);
                case "prove" -> Prove.run(module, settings, rest);
                case "up" -> Up.run(module, settings, rest);
                case "token" -> Token.run(settings, rest);
                case "send" -> Send.run(module, settings, rest);
                case "explain" -> Explain.run(module, rest);
                default -> throw new CannotStart("There is no command " + arguments[0] + ".");
            }
            return 0;
        } catch (CannotStart | Broken | Disproved e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            e.printStackTrace();
            return 1;
        }
    }
}
