package dev.refundhub.local.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/** What was asked and answered since the start: the newest 20,000 calls, in memory. */
final class Exchanges {

    private static final int KEPT = 20_000;

    /** A call as it came; {@code status} is null until something is answered, and stays so if nothing ever is. */
    record Exchange(
            long no,
            String at,
            String method,
            String path,
            String query,
            String body,
            Behaviour played,
            Integer status) {

        Exchange answered(int with) {
            return new Exchange(no, at, method, path, query, body, played, with);
        }
    }

    private final TreeMap<Long, Exchange> exchanges = new TreeMap<>();
    private long last;

    long begin(Call call, String query) {
        last++;
        exchanges.put(
                last,
                new Exchange(
                        last,
                        Instant.now().toString(),
                        call.method(),
                        call.path(),
                        query,
                        call.body(),
                        call.knob().behaviour(),
                        null));
        if (exchanges.size() > KEPT) {
            exchanges.pollFirstEntry();
        }
        return last;
    }

    void end(long no, int status) {
        exchanges.computeIfPresent(no, (key, exchange) -> exchange.answered(status));
    }

    Collection<Exchange> all() {
        return exchanges.values();
    }

    void clear() {
        exchanges.clear();
    }
}
