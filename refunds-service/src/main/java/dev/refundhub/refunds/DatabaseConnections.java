package dev.refundhub.refunds;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Lets go of a connection whose other end has vanished without a word: what waits for it fails, and is tried again. */
@Singleton
class DatabaseConnections implements PgPoolCreator {

    /** Longer than the longest statement may take. */
    private static final int SILENT_SECONDS = 45;

    @Override
    public Pool create(Input input) {
        PgConnectOptions options = input.pgConnectOptionsList().get(0);
        options.setTcpKeepAlive(true);
        options.setReadIdleTimeout(SILENT_SECONDS);
        options.setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(options)
                .using(input.vertx())
                .build();
    }
}
