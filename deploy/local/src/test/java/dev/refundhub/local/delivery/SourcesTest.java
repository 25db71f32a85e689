package dev.refundhub.local.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.local.stack.CannotStart;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The secrets of the sources that the stack configures. */
class SourcesTest {
    private static final Path CONFIGURATION = Path.of("config/webhook-gateway.properties");

    @Test
    void theSecretIsTheOneInTheEnvironmentOrTheDefault() {
        Sources bare = new Sources(CONFIGURATION, Map.of("ACME_SHIPPED_SECRET", ""));
        Sources set = new Sources(CONFIGURATION, Map.of("ACME_SHIPPED_SECRET", "mine"));

        assertEquals("dev-shipped-secret", bare.secret("acme-shipped"));
        assertEquals("mine", set.secret("acme-shipped"));
        assertEquals("dev-optoro-password", bare.secret("acme-optoro"));
        assertEquals("dev-refundid-token", bare.secret("acme-refundid"));
        assertEquals("dev-violet-secret", bare.secret("violet"));
        assertEquals("dev-globex-shipped-secret", set.secret("globex-shipped"));
    }

    @Test
    void anUnknownSourceIsRefusedWithTheNamesThatThereAre() {
        CannotStart refused =
                assertThrows(CannotStart.class, () -> new Sources(CONFIGURATION, Map.of()).secret("nobody"));

        assertTrue(
                refused.getMessage().contains("acme-shipped, globex-optoro, globex-refundid, globex-shipped, violet"),
                refused.getMessage());
    }
}
