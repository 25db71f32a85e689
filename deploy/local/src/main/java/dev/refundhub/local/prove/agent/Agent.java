package dev.refundhub.local.prove.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** {@code -javaagent:local.jar=FILE}, with the file in which an order to halt will stand. */
public final class Agent {
    private Agent() {}

    /** What the JVM calls before the service begins. */
    public static void premain(String file, Instrumentation instrumentation) {
        Halt.by(Path.of(file));
        for (Point point : Point.values()) {
            new AgentBuilder.Default()
                    .disableClassFormatChanges()
                    .type(named(point.type()))
                    .transform((builder, type, loader, module, domain) -> builder.visit(Advice.withCustomMapping()
                            .bind(At.class, point)
                            .to(Enter.class)
                            .on(named(point.method()))))
                    .installOn(instrumentation);
        }
    }

    /** Which point it is. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface At {}

    /** Copied to where the method begins. */
    static final class Enter {
        private Enter() {}

        @Advice.OnMethodEnter
        static void enter(@At Point point) {
            Halt.at(point);
        }
    }
}
