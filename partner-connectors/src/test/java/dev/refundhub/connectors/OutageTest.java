package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.messages.PartnerReport;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back: nobody restarts anything, and nothing is lost or done twice. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OutageTest {

    /** Whether the database is there is asked through two pools, each of which waits for a connection first. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    @AfterEach
    void comeBack() throws Exception {
        Hub.database(true);
    }

    @Test
    void anInstructionWaitsForTheDatabase() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        Hub.database(false);
        violet.order();
        await().atMost(READY_WITHIN).until(() -> health("ready") == 503);
        assertEquals(200, health("live"));
        Hub.database(true);

        assertEquals(List.of("COMPLETED"), outcomes(violet));
        assertEquals(1, violet.asked().size());
        await().until(() -> health("ready") == 200);
    }

    @Test
    void anAnswerThatComesMeanwhileIsKept() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")).withFixedDelay(400), violet.refund("COMPLETED"));
        violet.order();
        await().pollInterval(Duration.ofMillis(20)).until(() -> violet.asked().size() == 1);

        Hub.database(false);
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
        Hub.database(true);

        assertEquals(List.of("COMPLETED"), outcomes(violet));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void anAttemptThatCannotBeWrittenDownIsNotMade() throws Exception {
        Violet violet = new Violet().readingAnswers(okJson("[]").withFixedDelay(400));
        violet.answers(okJson(violet.refund("COMPLETED")));
        violet.order();
        await().pollInterval(Duration.ofMillis(20)).until(() -> violet.read() == 1);

        Hub.database(false);
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
        assertEquals(0, violet.asked().size());
        Hub.database(true);

        assertEquals(List.of("COMPLETED"), outcomes(violet));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aDatabaseThatNeverAnswersStopsNobodyForEver() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        try (Connection silence = Hub.silence()) {
            violet.order();
            await().until(() -> isTriedAgain("insert into call"));
            await().until(() -> isTriedAgain("with due as"));
            await().until(() -> isTriedAgain("with untold as"));
            silence.rollback();
        }

        assertEquals(List.of("COMPLETED"), outcomes(violet).stream().distinct().toList());
        assertEquals(1, violet.asked().size());
    }

    private static boolean isTriedAgain(String step) {
        return Integer.parseInt(Hub.look("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and starts_with(query, '" + step + "')"))
                >= (step.equals("with due as") ? Hub.ACCOUNTS + 1 : 2);
    }

    private static List<String> outcomes(Violet violet) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> Hub.reports(violet.reference).stream().anyMatch(PartnerReport::isFinal));
        return Hub.reports(violet.reference).stream()
                .map(PartnerReport::outcome)
                .toList();
    }

    private static int health(String kind) {
        return RestAssured.get(Hub.config("test.management.url") + "/health/" + kind)
                .statusCode();
    }
}
