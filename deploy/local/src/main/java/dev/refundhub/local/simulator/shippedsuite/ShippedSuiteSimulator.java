package dev.refundhub.local.simulator.shippedsuite;

import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Call;
import dev.refundhub.local.simulator.Knob;
import dev.refundhub.local.simulator.Ledger;
import dev.refundhub.local.simulator.Partner;
import dev.refundhub.local.simulator.Refused;
import dev.refundhub.local.simulator.Routes;
import dev.refundhub.local.simulator.Simulator;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shipped Suite's {@code PATCH /v1/refunds/{id}}: an upsert that may be repeated, for several merchants' accounts.
 * What its documents leave open, and how it is read here, stands in SIMULATORS.md.
 */
public final class ShippedSuiteSimulator implements Partner {

    /** The accounts of the local stack's sellers and their keys; nothing here is a secret. */
    public static final Map<String, String> LOCAL_KEYS =
            Map.of("acme", "sk_development_acme", "globex", "sk_development_globex");

    private final RefundRequests requests;
    private final Map<String, String> accountsByKey;
    private final Routes api = new Routes().on("PATCH", "/v1/refunds/{}", this::confirm);
    private final Routes seeds;

    private ShippedSuiteSimulator(Ledger ledger, Map<String, String> keys) {
        requests = new RefundRequests(ledger);
        accountsByKey = keys.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        seeds = new Routes()
                .on("PUT", "/_simulator/refunds/{}", this::request)
                .on("PUT", "/_simulator/learning", this::learn);
    }

    /** Starts a Shipped Suite with the local accounts. */
    public static Simulator start(int port, Path ledgerFile) {
        return start(port, ledgerFile, LOCAL_KEYS);
    }

    /**
     * Starts a Shipped Suite.
     *
     * @param port 0 for any that is free
     * @param keys each account's secret key, by the account's name
     */
    public static Simulator start(int port, Path ledgerFile, Map<String, String> keys) {
        return Simulator.start(port, ledgerFile, ledger -> new ShippedSuiteSimulator(ledger, keys));
    }

    /** Runs a Shipped Suite until the process ends: {@code PORT LEDGER [ACCOUNT=KEY ...]}. */
    @SuppressWarnings("resource") // open as long as the process
    public static void main(String[] args) {
        Map<String, String> keys = args.length == 2
                ? LOCAL_KEYS
                : Arrays.stream(args)
                        .skip(2)
                        .map(account -> account.split("=", 2))
                        .collect(Collectors.toMap(account -> account[0], account -> account[1]));
        int port = start(Integer.parseInt(args[0]), Path.of(args[1]), keys).port();
        System.out.println("Shipped Suite simulator: http://127.0.0.1:" + port);
    }

    @Override
    public Answer answer(Call call) {
        account(call);
        return api.answer(call).orElseThrow(() -> refused(404, "Not found"));
    }

    @Override
    public Answer administer(Call call) {
        return seeds.answer(call).orElseThrow(() -> refused(404, "Not found"));
    }

    @Override
    public Answer refusal(Call call) {
        return error(call.knob().code(), "Refused");
    }

    @Override
    public Answer breakdown() {
        return error(500, "Internal server error");
    }

    @Override
    public boolean plays(Knob knob) {
        return switch (knob.behaviour()) {
            case REFUSE -> knob.code() != null && knob.code() >= 400 && knob.code() <= 599;
            case PROCESSING, PARTIALLY_COMPLETED, FAILED, TOKEN_EXPIRED -> false;
            default -> true;
        };
    }

    private Answer confirm(Call call) {
        RefundRequests.Request request = new RefundRequests.Request(account(call), call.id(0));
        if (!requests.knows(request)) {
            throw refused(404, "Not found");
        }
        return Answer.ok(requests.confirm(request, Confirmation.read(call.body())));
    }

    private Answer request(Call call) {
        String account = call.json().path("account").asText();
        if (!accountsByKey.containsValue(account)) {
            throw new IllegalArgumentException("no such account: " + account);
        }
        requests.add(new RefundRequests.Request(account, call.id(0)));
        return Answer.ok(Map.of());
    }

    private Answer learn(Call call) {
        requests.learn(call.json().path("on").asBoolean());
        return Answer.ok(Map.of());
    }

    private String account(Call call) {
        String authorization = String.valueOf(call.headers().get("Authorization"));
        String account = authorization.startsWith("Bearer ") ? accountsByKey.get(authorization.substring(7)) : null;
        if (account == null) {
            throw refused(401, "Unauthorized");
        }
        return account;
    }

    private static Refused refused(int status, String error) {
        return new Refused(error(status, error));
    }

    private static Answer error(int status, String error) {
        return Answer.of(status, Map.of("error", error));
    }
}
