package dev.refundhub.local.stack;

import java.time.Duration;
import java.util.Map;

/** Kafka in a process of its own. */
final class LocalKafka {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LocalKafka() {}

    static Child child(Directories directories, Settings settings) {
        String heap = "320m";
        String[] words = {
            Broker.class.getName(),
            directories.data().resolve("kafka").toString(),
            Integer.toString(settings.port(Port.KAFKA)),
            Integer.toString(settings.port(Port.KAFKA_CONTROLLER))
        };
        return new Child(
                "kafka",
                settings.isMeasured() ? Jvm.measured(directories, heap, words) : Jvm.command(directories, heap, words),
                // not on the command line, which has to stay short enough to be recognised
                Map.of("CLASSPATH", System.getProperty("java.class.path")),
                Jvm.mark(directories),
                "TERM",
                directories);
    }

    static void await(Child broker, Settings settings) {
        int port = settings.port(Port.KAFKA);
        if (!Bounded.until(PATIENCE, () -> !broker.isAlive() || Sockets.listens(port)) || !broker.isAlive()) {
            throw broker.hasNotCome();
        }
    }
}
