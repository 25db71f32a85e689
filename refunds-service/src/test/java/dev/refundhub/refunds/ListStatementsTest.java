package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The statements behind {@code GET /api/v2/refunds}, for every filter and the pairs that people use, are written down in a
 * file: {@code deploy/local/explain} measures what stands there on millions of refunds, so it must be what is really sent.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ListStatementsTest {

    private static final Path WRITTEN = Path.of("src/test/resources/list.sql");
    private static final Path SENT = Path.of("target/list.sql");

    private static final List<String> FILTERS = List.of(
            "",
            "orderId=1",
            "status=WAITING",
            "valid=true",
            "valid=false",
            "source=API",
            "sourceRef=1",
            "hold=LIMIT",
            "before=1000",
            "status=WAITING&before=1000",
            "source=API&before=1000",
            "hold=LIMIT&before=1000",
            "status=WAITING&source=API",
            "status=WAITING&valid=true",
            "status=WAITING&valid=false",
            "status=WAITING&hold=LIMIT",
            "source=API&valid=true",
            "source=API&valid=false",
            "source=API&sourceRef=1",
            "source=API&hold=LIMIT",
            "orderId=1&status=WAITING");

    @Test
    void whatTheListSendsIsWhatIsWrittenDown() throws IOException {
        StringBuilder sent = new StringBuilder();
        try (Statements statements = new Statements()) {
            for (String filters : FILTERS) {
                for (String who : List.of("SELLER", "CUSTOMER", "OPERATOR", "OPERATOR seller")) {
                    if (who.equals("OPERATOR") && filters.startsWith("orderId")) {
                        continue; // refused
                    }
                    statements.taken();
                    list(who, filters);
                    sent.append(("-- " + who + ": " + filters).strip()).append('\n');
                    List<String> all = statements.taken();
                    assertEquals("set local plan_cache_mode = force_custom_plan", all.get(0));
                    all.subList(1, all.size()).forEach(s -> sent.append(s).append('\n'));
                }
            }
        }
        Files.writeString(SENT, sent);
        assertEquals(
                Files.readString(WRITTEN),
                sent.toString(),
                "the list sends other statements: see with deploy/local/explain that they are fast, then keep " + SENT);
    }

    private static void list(String who, String filters) {
        String token =
                switch (who) {
                    case "SELLER" -> Tokens.seller("acme");
                    case "CUSTOMER" -> Tokens.customer("acme", "customer-1");
                    default -> Tokens.operator();
                };
        String seller = who.endsWith(" seller") ? "seller=acme&" : "";
        Api.as(token)
                .get("/api/v2/refunds?page=1&size=20&" + seller + filters)
                .then()
                .statusCode(200);
    }
}
