package dev.refundhub.local.prove.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PointTest {
    private static final Map<String, String> MODULES =
            Map.of("gateway", "webhook-gateway", "refunds", "refunds-service", "connectors", "partner-connectors");

    @ParameterizedTest
    @EnumSource
    void aPointIsAMethodThatThereIs(Point point) throws IOException {
        String file = point.type().replaceAll("\\$.*", "").replace('.', '/') + ".java";
        String service = point.type().replace("dev.refundhub.", "").replaceAll("\\..*", "");
        String source = Files.readString(
                Path.of("../..", MODULES.get(service), "src/main/java").resolve(file));

        assertTrue(
                Pattern.compile("[\\w>] " + point.method() + "\\(")
                        .matcher(source)
                        .find(),
                point + " is nowhere in " + file);
    }
}
