package dev.refundhub.local.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.merchant.Merchant;
import dev.refundhub.local.stack.Groups;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The runbook for restoring a backup, as it stands in {@code deploy/README.md}: nothing is paid twice. */
@ExtendWith(SharedStack.class)
class RestoreIT {
    private static final Path SAMPLES = SharedStack.SAMPLES;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> RESTORED = List.of("refunds", "connectors");
    private static final List<String> GROUPS = List.of("refunds-service", "partner-connectors");
    private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    private final Stack stack = SharedStack.get();
    private final Merchant merchant = new Merchant(stack.settings());
    private final Partners partners = new Partners(stack.settings(), new Narrator(line -> {}));
    private final Hub hub = new Hub(stack);

    @AfterEach
    void close() {
        partners.close();
        merchant.close();
    }

    @Test
    void whatWasPaidAfterTheBackupIsFoundAndNotPaidAgain() throws Exception {
        List<Sale> before = sales(0, 4);
        List<Sale> after = sales(4, 12);
        sales(0, 16).forEach(sale -> merchant.tell(sale.order(SAMPLES)));
        claim(before);
        awaitConfirmed(before);
        Instant shortlyBefore = Instant.now().minusSeconds(5);
        killServices();
        RESTORED.forEach(name -> sql("postgres", "create database " + name + "_backup template " + name));
        startServices();

        claim(after.subList(0, 7));
        awaitConfirmed(after.subList(0, 7));
        partners.violetFallsSilentAfterTheNextRefund();
        claim(after.subList(7, 8));
        await().atMost(LIMIT).until(() -> !partners.refunds(after.get(7).bag()).isEmpty());

        killServices();
        RESTORED.forEach(name -> {
            sql("postgres", "drop database " + name);
            sql("postgres", "create database " + name + " template " + name + "_backup");
        });
        List<String> runbook = runbooksSql();
        sql("refunds", runbook.get(0));
        sql("connectors", runbook.get(1));
        GROUPS.forEach(group -> Groups.rewind(stack.settings().kafka(), group, shortlyBefore));
        startServices();
        Reply retold = operator(
                "POST",
                stack.settings().webhooks().replace("/webhooks", "/api/v2") + "/deliveries/retell?since="
                        + shortlyBefore,
                "");
        assertEquals(202, retold.status(), retold.body());
        assertTrue(retold.json().at("/data/deliveries").asInt() >= after.size(), retold.body());

        await("what was told since the backup is read again").atMost(LIMIT).until(() -> GROUPS.stream()
                .allMatch(group -> Groups.lag(stack.settings().kafka(), group).isEmpty()));
        sql("connectors", runbook.get(2));

        awaitConfirmed(before);
        awaitConfirmed(after);
        for (Sale sale : sales(0, 12)) {
            assertEquals(1, partners.refunds(sale.bag()).size(), "refunds of " + sale);
        }
        assertEquals(12, references(sales(0, 12)).size());
        assertTrue(id(after.get(0)) > 1_000_000, "the id of a refund that was made anew");
        assertTrue(id(before.get(0)) < 1_000_000, "the id of a refund in the backup");
        theHubGoesOn(sales(12, 16));
        nothingDiffers(shortlyBefore);
    }

    private void theHubGoesOn(List<Sale> news) {
        claim(news);
        awaitConfirmed(news);
        news.forEach(sale -> assertEquals(1, partners.refunds(sale.bag()).size(), "refunds of " + sale));
    }

    private void nothingDiffers(Instant since) {
        String reconciliations = stack.settings().refunds() + "/reconciliations";
        Reply begun = operator("POST", reconciliations, "{\"since\":\"" + since.minusSeconds(60) + "\"}");
        assertEquals(202, begun.status(), begun.body());
        String one = reconciliations + "/" + begun.json().at("/data/id").asText();
        JsonNode read = await("all bags are read")
                .atMost(LIMIT)
                .until(
                        () -> operator("GET", one, "").json(),
                        result -> result.at("/data/unread").asInt() == 0);
        assertTrue(read.at("/data/bags").asInt() >= 16, read.toString());
        assertEquals(0, read.at("/data/differing").asInt(), read.toString());
    }

    private static List<Sale> sales(int from, int to) {
        return IntStream.range(from, to).mapToObj(Sale::new).toList();
    }

    private void claim(List<Sale> sales) {
        sales.forEach(sale -> assertEquals(200, hub.deliver(sale.claim(SAMPLES)).status()));
    }

    private void awaitConfirmed(List<Sale> sales) {
        for (Sale sale : sales) {
            await("refund of " + sale + " is issued and confirmed")
                    .atMost(LIMIT)
                    .until(() -> hub.refunds(sale.ref()).stream()
                            .anyMatch(refund -> refund.path("status").asText().equals("ISSUED")
                                    && refund.at("/confirmation/state").asText().equals("CONFIRMED")));
        }
    }

    private long id(Sale sale) {
        return hub.refunds(sale.ref()).get(0).path("id").asLong();
    }

    /** What Violet was given to know each refund by. */
    private Set<String> references(List<Sale> sales) {
        return sales.stream()
                .map(sale -> partners.refunds(sale.bag())
                        .get(0)
                        .at("/asked/reason")
                        .asText()
                        .replaceAll(" .*", ""))
                .collect(Collectors.toSet());
    }

    private void killServices() {
        for (Service service : Service.values()) {
            stack.of(service).kill();
        }
    }

    private void startServices() {
        for (Service service : Service.values()) {
            stack.of(service).start();
        }
        for (Service service : Service.values()) {
            stack.awaitReady(service);
        }
    }

    /** Connections of a service that was killed a moment ago may still be there. */
    private void sql(String database, String statement) {
        await(statement)
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    try (Connection connection = stack.settings().databases().connect(database);
                            Statement sql = connection.createStatement()) {
                        sql.execute(statement);
                        return true;
                    }
                });
    }

    private static List<String> runbooksSql() throws IOException {
        String page = Files.readString(SharedStack.CHECKOUT.resolve("deploy/README.md"));
        List<String> sql = SQL.matcher(page.substring(page.indexOf("## Restoring a backup")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(3, sql.size(), "the runbook's SQL");
        return sql;
    }

    private Reply operator(String method, String address, String body) {
        String token = stack.issuer().token(Role.OPERATOR, null, "runbook");
        return body.isEmpty() && method.equals("GET")
                ? Http.get(address, Http.bearer(token))
                : Http.send(method, address, Http.bearer(token), body.getBytes(StandardCharsets.UTF_8));
    }
}
