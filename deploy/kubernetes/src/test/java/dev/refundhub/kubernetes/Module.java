package dev.refundhub.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The source of a service, as far as the manifests must fit it. */
record Module(String name) {
    private static final Path ROOT = Kustomize.HERE.resolve("../..").normalize();
    private static final Pattern PROPERTY = Pattern.compile("@ConfigProperty\\(name = \"([^\"]+)\"\\)\\s+(\\w+)");
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern METHOD = Pattern.compile("[\\w>] (\\w+)\\(\\);");
    private static final Pattern LEAF =
            Pattern.compile("(?m)^ +(?:Optional<(?:String|URI|List<String>)>|String|int|Duration) (\\w+)\\(\\);");
    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"([^\"]+)\"\\)\\s+\\w+ (\\w+)\\(\\);");
    private static final Pattern INTERFACE = Pattern.compile("(?m)^ *(public )?interface ");
    private static final Pattern TOPIC = Pattern.compile("(\\w+)\\.TOPIC\\b");
    private static final Pattern TOPIC_IS = Pattern.compile("String TOPIC = \"([^\"]+)\"");
    private static final Pattern CHANNEL =
            Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.([a-z-]+)\\.connector");

    static Stream<Module> all() {
        return Stream.of("webhook-gateway", "refunds-service", "partner-connectors")
                .map(Module::new);
    }

    /** What {@code application.properties} sets outside tests. */
    Map<String, String> settings() {
        return properties(directory().resolve("src/main/resources/application.properties"));
    }

    /** The lines {@code key=value} of a file, without those of a profile. */
    static Map<String, String> properties(Path file) {
        return lines(Kustomize.text(file));
    }

    static Map<String, String> lines(String text) {
        return text.lines()
                .filter(line -> line.contains("=") && !line.startsWith("#") && !line.startsWith("%"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> second,
                        TreeMap::new));
    }

    int number(String setting) {
        return Integer.parseInt(settings().get(setting));
    }

    /** The settings that the service asks for by name. */
    Set<String> asked() {
        Set<String> asked = new TreeSet<>(settings().keySet());
        sources().forEach(source -> found(PROPERTY, source).forEach(match -> asked.add(match.group(1))));
        mappings().forEach((prefix, source) -> {
            if (!source.contains("@WithParentName")) {
                methods(untilNested(source)).forEach(word -> asked.add(prefix + "." + word));
            }
        });
        return asked;
    }

    /** Those without which it does not start. */
    Set<String> needed() {
        Set<String> needed = new TreeSet<>();
        sources().forEach(source -> found(PROPERTY, source)
                .filter(match -> !match.group(2).equals("Optional"))
                .forEach(match -> needed.add(match.group(1))));
        needed.removeAll(settings().keySet());
        return needed;
    }

    /** Whether a setting such as {@code hub.source.<name>.check.hmac.secrets} has a place in a mapping with names. */
    boolean maps(String setting) {
        return mappings().entrySet().stream().anyMatch(mapping -> isOf(mapping.getKey(), mapping.getValue(), setting));
    }

    /** The last words of the settings that its mappings with names have: those that are not of a group. */
    Set<String> named() {
        return mappings().values().stream()
                .filter(source -> source.contains("@WithParentName"))
                .flatMap(source -> found(LEAF, source).map(match -> kebab(match.group(1))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The default of a setting in a mapping with names; empty where it has none, {@code must} for what nothing works without. */
    String defaultOf(String setting) {
        String word = setting.substring(setting.lastIndexOf('.') + 1);
        return word.equals("partner")
                ? "must"
                : mappings().values().stream()
                        .filter(source -> source.contains("@WithParentName"))
                        .flatMap(source -> found(DEFAULT, source))
                        .filter(match -> kebab(match.group(2)).equals(word))
                        .map(match -> match.group(1))
                        .findFirst()
                        .orElse("");
    }

    private static boolean isOf(String prefix, String source, String setting) {
        if (!setting.startsWith(prefix + ".") || !source.contains("@WithParentName")) {
            return false;
        }
        List<String> words = Pattern.compile("\\.")
                .splitAsStream(setting.substring(prefix.length() + 1))
                .toList();
        return words.size() > 1 && methods(source).containsAll(words.subList(1, words.size()));
    }

    /** The topics whose names stand in its code. */
    Set<String> topics() {
        return sources()
                .flatMap(source -> found(TOPIC, source))
                .map(match -> topicOf(match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> incoming() {
        return channels("incoming");
    }

    Set<String> outgoing() {
        return channels("outgoing");
    }

    /** The consumer groups it is in. */
    Set<String> groups() {
        return settings().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith("mp.messaging.")
                        && setting.getKey().endsWith(".group.id"))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> channels(String way) {
        Map<String, String> settings = settings();
        return settings.keySet().stream()
                .map(CHANNEL::matcher)
                .filter(Matcher::matches)
                .filter(channel -> channel.group(1).equals(way))
                .map(channel -> settings.getOrDefault(
                        "mp.messaging." + way + "." + channel.group(2) + ".topic", channel.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The topic of a message. */
    static String topicOf(String message) {
        String source =
                Kustomize.text(ROOT.resolve("messages/src/main/java/dev/refundhub/messages/" + message + ".java"));
        return found(TOPIC_IS, source).findFirst().orElseThrow().group(1);
    }

    static Path root() {
        return ROOT;
    }

    static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    Stream<String> sources() {
        try (Stream<Path> files = Files.walk(directory().resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).map(Kustomize::text).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> mappings() {
        return sources()
                .filter(source -> MAPPING.matcher(source).find())
                .collect(Collectors.toMap(
                        source ->
                                found(MAPPING, source).findFirst().orElseThrow().group(1),
                        Function.identity()));
    }

    private static Set<String> methods(String source) {
        return found(METHOD, source).map(match -> kebab(match.group(1))).collect(Collectors.toSet());
    }

    private static String untilNested(String source) {
        return found(INTERFACE, source)
                .skip(1)
                .findFirst()
                .map(nested -> source.substring(0, nested.start()))
                .orElse(source);
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private Path directory() {
        return ROOT.resolve(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
