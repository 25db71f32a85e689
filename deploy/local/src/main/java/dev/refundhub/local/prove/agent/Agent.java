package dev.refundhub.local.prove.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.DynamicType;

/** {@code -javaagent:local.jar=FILE}, with the file in which an order to halt will stand. */
public final class Agent {
    private Agent() {}

    /** What the JVM calls before the service begins. */
    public static void premain(String file, Instrumentation instrumentation) {
        Halt.by(Path.of(file));
        String[] types = Stream.of(Point.values()).map(Point::type).distinct().toArray(String[]::new);
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .type(namedOneOf(types))
                .transform((builder, type, loader, module, domain) -> halting(builder, type.getName()))
                .installOn(instrumentation);
    }

    private static DynamicType.Builder<?> halting(DynamicType.Builder<?> builder, String type) {
        DynamicType.Builder<?> halting = builder;
        for (Point point : Point.values()) {
            if (point.type().equals(type)) {
                halting = halting.visit(Advice.withCustomMapping()
                        .bind(At.class, point)
                        .to(Enter.class)
                        .on(named(point.method())));
            }
        }
        return halting;
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
