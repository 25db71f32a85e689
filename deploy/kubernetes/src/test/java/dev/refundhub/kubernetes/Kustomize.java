package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Renders the manifests as {@code kubectl apply -k} does; without kubectl nothing can be said about them, which a build for others must not accept. */
final class Kustomize {
    static final Path HERE = Path.of("").toAbsolutePath();
    static final List<String> OVERLAYS = List.of("production", "small");
    static final List<String> COMPONENTS = List.of("strimzi", "ingress", "gateway-api", "pod-monitors");

    private static final Map<String, Rendered> RENDERED = new ConcurrentHashMap<>();

    private Kustomize() {}

    /** Every overlay alone, with each component, and with all of them. */
    static Stream<Rendered> everything() {
        return OVERLAYS.stream()
                .flatMap(overlay -> Stream.concat(
                        Stream.of(render(overlay, List.of()), render(overlay, COMPONENTS)),
                        COMPONENTS.stream().map(component -> render(overlay, List.of(component)))));
    }

    /** Every overlay with all components. */
    static Stream<Rendered> whole() {
        return OVERLAYS.stream().map(overlay -> render(overlay, COMPONENTS));
    }

    static Rendered render(String overlay, List<String> components) {
        needsKubectl();
        String title = Stream.concat(Stream.of(overlay), components.stream())
                .reduce((a, b) -> a + "+" + b)
                .orElseThrow();
        return RENDERED.computeIfAbsent(title, name -> Rendered.of(name, yaml(name, overlay, components)));
    }

    private static void needsKubectl() {
        boolean there = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
        String why = "kubectl is not on the path: NOTHING OF THE KUBERNETES MANIFESTS HAS BEEN TESTED.";
        if (System.getenv("CI") != null) {
            assertTrue(there, why);
        }
        if (!there) {
            System.err.println(why);
        }
        assumeTrue(there, why);
    }

    private static Path yaml(String title, String overlay, List<String> components) {
        StringBuilder text = new StringBuilder("resources:\n  - ../../../overlays/" + overlay + "\n");
        if (!components.isEmpty()) {
            text.append("components:\n");
            components.forEach(component ->
                    text.append("  - ../../../components/").append(component).append('\n'));
        }
        try {
            Path directory = Files.createDirectories(HERE.resolve("target/rendered/" + title));
            Files.writeString(directory.resolve("kustomization.yaml"), text);
            return run(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path run(Path directory) throws IOException, InterruptedException {
        Path yaml = directory.resolve("all.yaml");
        Path errors = directory.resolve("errors.txt");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", directory.toString())
                .redirectOutput(yaml.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = kubectl.waitFor(1, TimeUnit.MINUTES);
        kubectl.destroyForcibly();
        assertTrue(ended && kubectl.exitValue() == 0, () -> directory.getFileName() + ": " + text(errors));
        return yaml;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
