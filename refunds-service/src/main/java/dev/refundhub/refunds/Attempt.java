package dev.refundhub.refunds;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.function.Supplier;

/** Work that opens a database session. */
public final class Attempt {

    private Attempt() {}

    /**
     * Begins on the event loop that the caller's context belongs to. A failure may arrive on another one, where the context is the
     * same but the thread is not; a session that is opened there does not survive its first statement (HR000069).
     */
    public static <T> Uni<T> of(Supplier<Uni<? extends T>> work) {
        Context context = Vertx.currentContext();
        Uni<T> begun = Uni.createFrom().deferred(work);
        return context == null ? begun : begun.runSubscriptionOn(task -> run(context, task));
    }

    private static void run(Context context, Runnable task) {
        if (((ContextInternal) context).inThread()) {
            task.run();
        } else {
            context.runOnContext(nothing -> task.run());
        }
    }
}
