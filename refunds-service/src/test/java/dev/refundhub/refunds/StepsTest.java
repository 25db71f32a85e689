package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class StepsTest {

    /** To capture a context and to restore it around each step cost a quarter of what a change costs. */
    @Test
    void aStepIsTakenAsItIsWithoutAContextThatNobodyReads() {
        Function<String, String> step = told -> told;

        assertSame(step, Infrastructure.decorate(step));
    }
}
