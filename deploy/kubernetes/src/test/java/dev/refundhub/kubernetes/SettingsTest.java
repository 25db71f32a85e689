package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code deploy/settings.md} says every setting of the hub's own, and its default, and nothing that is not there. */
class SettingsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (?:`([^`]*)`|([a-z]*)) ?\\|");

    static Stream<Module> services() {
        return Module.all();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everySettingOfItsOwnIsOnThePage(Module module) {
        Set<String> missing = module.asked().stream()
                .filter(setting -> setting.startsWith("hub."))
                .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(page(module).keySet());

        assertEquals(Set.of(), missing);
        assertEquals(module.named(), lastWords(module));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everySettingOnThePageIsRead(Module module) {
        page(module).keySet().stream()
                .filter(setting -> setting.startsWith("hub."))
                .forEach(setting -> assertTrue(
                        setting.contains("<name>")
                                ? module.maps(setting)
                                : module.asked().contains(setting),
                        module + " does not read " + setting));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyDefaultIsTheRightOne(Module module) {
        Map<String, String> settings = module.settings();
        page(module).forEach((setting, said) -> {
            if (setting.contains("<name>")) {
                assertEquals(module.defaultOf(setting), said, setting);
            } else if (settings.containsKey(setting)) {
                assertEquals(settings.get(setting), said, setting);
            } else {
                assertTrue(said.isEmpty() || said.equals("must"), setting + " has no default in " + module);
            }
        });
        module.needed().forEach(setting -> assertEquals("must", page(module).get(setting), setting));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyDefaultThatServicesShareIsTheRightOne(Module module) {
        Map<String, String> shared = page("Every service");
        Map<String, String> settings = module.settings();

        assertTrue(shared.containsKey("quarkus.flyway.migrate-at-start"), "the page's table is not found");
        shared.forEach(
                (setting, said) -> assertEquals(said, settings.getOrDefault(setting, ""), module + ": " + setting));
    }

    private static Map<String, String> page(Module module) {
        return page(module.toString());
    }

    /** The rows of its table: setting, default; empty where there is none. */
    private static Map<String, String> page(String title) {
        String page = Kustomize.text(Path.of("../settings.md"));
        int begin = page.indexOf("\n## " + title + "\n");
        int end = page.indexOf("\n## ", begin + 1);
        return Module.found(ROW, page.substring(begin, end < 0 ? page.length() : end))
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2) != null ? row.group(2) : row.group(3),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private static Set<String> lastWords(Module module) {
        return page(module).keySet().stream()
                .filter(setting -> setting.contains("<name>"))
                .map(setting -> setting.substring(setting.lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
