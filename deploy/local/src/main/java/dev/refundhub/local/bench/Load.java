package dev.refundhub.local.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks a server from many connections at once; all on one thread, so that it takes little from the server beside it. */
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    private final int port;

    Load(int port) {
        this.port = port;
    }

    /** Each connection asks again when it has its answer. */
    Answers closed(int connections, Supplier<Buffer> requests, Duration howLong) {
        return run(connections, howLong, lines -> new Closed(lines, requests, howLong).begin());
    }

    /** So many in all. */
    Answers times(int connections, int count, Supplier<Buffer> requests) {
        return run(connections, PATIENCE, lines -> new Times(lines, requests, count).begin());
    }

    /**
     * So many a second, whatever becomes of them: what must wait for a free connection is late already, and the time of its answer
     * counts from when it should have been asked.
     */
    Answers open(int connections, int perSecond, Supplier<Buffer> requests, Duration howLong) {
        return run(connections, howLong, lines -> new Open(lines, perSecond, requests, howLong).begin());
    }

    /** A way of asking. */
    private interface Way {
        Future<Answers> ask(List<Line> lines);
    }

    private Answers run(int connections, Duration howLong, Way way) {
        Promise<Answers> done = Promise.promise();
        List<Line> lines = new ArrayList<>();
        vertx.runOnContext(here ->
                connect(connections, lines).compose(connected -> way.ask(lines)).onComplete(done));
        try {
            return done.future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(howLong.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The server does not answer any more.", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            vertx.runOnContext(here -> lines.forEach(Line::close));
        }
    }

    private Future<Void> connect(int connections, List<Line> lines) {
        Future<Void> connected = Future.succeededFuture();
        for (int i = 0; i < connections; i++) {
            connected = connected.compose(
                    before -> client.connect(port, "127.0.0.1").map(socket -> {
                        lines.add(new Line(socket));
                        return null;
                    }));
        }
        return connected;
    }

    /** One request after the other on each line. */
    private static final class Closed {
        private final List<Line> lines;
        private final Supplier<Buffer> requests;
        private final Promise<Answers> done = Promise.promise();
        private final Answers answers = new Answers();
        private final long began = System.nanoTime();
        private final long end;
        private int asking;

        Closed(List<Line> lines, Supplier<Buffer> requests, Duration howLong) {
            this.lines = lines;
            this.requests = requests;
            this.end = began + howLong.toNanos();
        }

        Future<Answers> begin() {
            asking = lines.size();
            lines.forEach(this::ask);
            return done.future();
        }

        private void ask(Line line) {
            long asked = System.nanoTime();
            line.ask(requests.get(), status -> {
                long now = System.nanoTime();
                answers.add(status, now - asked);
                if (now < end && status > 0) {
                    ask(line);
                } else if (--asking == 0) {
                    done.complete(answers.within(now - began));
                }
            });
        }
    }

    /** One request after the other on each line, until none is left. */
    private static final class Times {
        private final List<Line> lines;
        private final Supplier<Buffer> requests;
        private final Promise<Answers> done = Promise.promise();
        private final Answers answers = new Answers();
        private final long began = System.nanoTime();
        private int left;
        private int asking;

        Times(List<Line> lines, Supplier<Buffer> requests, int count) {
            this.lines = lines;
            this.requests = requests;
            this.left = count;
        }

        Future<Answers> begin() {
            lines.stream().limit(left).forEach(this::ask);
            return done.future();
        }

        private void ask(Line line) {
            left--;
            asking++;
            long asked = System.nanoTime();
            line.ask(requests.get(), status -> {
                answers.add(status, System.nanoTime() - asked);
                asking--;
                if (left > 0 && status > 0) {
                    ask(line);
                } else if (asking == 0) {
                    done.complete(answers.within(System.nanoTime() - began));
                }
            });
        }
    }

    /** By the clock. */
    private final class Open {
        private final Deque<Line> free;
        private final Deque<Long> due = new ArrayDeque<>();
        private final Supplier<Buffer> requests;
        private final long every;
        private final long all;
        private final Promise<Answers> done = Promise.promise();
        private final Answers answers = new Answers();
        private final long began = System.nanoTime();
        private long begun;
        private long timer;

        Open(List<Line> lines, int perSecond, Supplier<Buffer> requests, Duration howLong) {
            this.free = new ArrayDeque<>(lines);
            this.requests = requests;
            this.every = TimeUnit.SECONDS.toNanos(1) / perSecond;
            this.all = howLong.toNanos() / every;
        }

        Future<Answers> begin() {
            timer = vertx.setPeriodic(1, tick -> tick());
            return done.future();
        }

        private void tick() {
            long now = System.nanoTime();
            while (begun < all && began + begun * every <= now) {
                due.add(began + begun * every);
                begun++;
            }
            askWhatIsDue();
        }

        private void askWhatIsDue() {
            while (!due.isEmpty() && !free.isEmpty()) {
                long asked = due.remove();
                Line line = free.remove();
                line.ask(requests.get(), status -> {
                    answers.add(status, System.nanoTime() - asked);
                    if (status > 0) {
                        free.add(line);
                    }
                    askWhatIsDue();
                    endIfAllAreAnswered();
                });
            }
        }

        private void endIfAllAreAnswered() {
            if (answers.count() == all) {
                vertx.cancelTimer(timer);
                done.tryComplete(answers.within(System.nanoTime() - began));
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
