package dev.refundhub.local.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A running partner on the loopback address: its API as documented, and {@code /_simulator} beside it.
 * One event loop does everything, so that calls are done one after the other and the ledger is the order of things.
 */
public final class Simulator implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
    private final Exchanges exchanges = new Exchanges();
    private final Knobs knobs = new Knobs();
    private final Ledger ledger;
    private final Disk disk;
    private final Stage stage;
    private final Administration administration;
    private final HttpServer server;

    private Simulator(Path ledgerFile, Function<Ledger, Partner> opening) {
        ledger = new Ledger(ledgerFile);
        Partner partner = opening.apply(ledger);
        disk = new Disk(vertx, ledger);
        stage = new Stage(vertx, partner, disk);
        administration = new Administration(partner, ledger, exchanges, knobs, stage);
        // without HTTP/2 a reset is a reset of the connection
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
        server.requestHandler(
                request -> request.body().onSuccess(body -> hear(request, body.toString(StandardCharsets.UTF_8))));
    }

    /**
     * Opens a partner over its ledger and lets it listen.
     *
     * @param port 0 for any that is free
     * @param ledgerFile made if it is not there; what it holds is remembered
     */
    public static Simulator start(int port, Path ledgerFile, Function<Ledger, Partner> opening) {
        Simulator simulator = new Simulator(ledgerFile, opening);
        try {
            await(simulator.server.listen(port, "127.0.0.1"));
        } catch (CompletionException e) {
            simulator.close();
            throw new IllegalStateException("cannot listen on port " + port, e.getCause());
        }
        return simulator;
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
        ledger.close();
    }

    private void hear(HttpServerRequest request, String body) {
        Call call = new Call(
                request.method().name(),
                request.path(),
                request.params(),
                request.headers(),
                body,
                List.of(),
                Knob.NONE);
        if (call.path().startsWith(Administration.PREFIX)) {
            Answer answer = administration.answer(call);
            disk.then(() -> new Wire(vertx, request, status -> {}).send(answer));
            return;
        }
        Call played = call.with(knobs.next(call));
        long exchange = exchanges.begin(played, request.query());
        Wire wire = new Wire(vertx, request, status -> exchanges.end(exchange, status));
        try {
            stage.play(played, wire);
        } catch (RuntimeException e) {
            wire.reset(); // a mistake of the simulator itself: nobody shall wait for it
            throw e;
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
