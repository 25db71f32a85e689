package dev.refundhub.local.simulator.violet;

import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Behaviour;
import dev.refundhub.local.simulator.Call;
import dev.refundhub.local.simulator.Knob;
import dev.refundhub.local.simulator.Ledger;
import dev.refundhub.local.simulator.Partner;
import dev.refundhub.local.simulator.Routes;
import dev.refundhub.local.simulator.Simulator;
import java.nio.file.Path;

/**
 * Violet under {@code /v1}, as its own OpenAPI of 2026-08 describes it.
 * What that leaves open, and how it is read here, stands in SIMULATORS.md.
 */
public final class VioletSimulator implements Partner {

    private final VioletGate gate;
    private final VioletApi api;
    private final VioletSeeds seeds;
    private final Routes doors;

    private VioletSimulator(Ledger ledger, VioletCredentials credentials) {
        VioletWebhooks webhooks = new VioletWebhooks(credentials.appSecret());
        VioletOrders orders = new VioletOrders(ledger, webhooks);
        gate = new VioletGate(credentials);
        api = new VioletApi(credentials.appId(), orders);
        seeds = new VioletSeeds(credentials.appId(), orders, webhooks);
        doors = new Routes().on("POST", "/v1/login", gate::login).on("GET", "/v1/auth/token", gate::refresh);
    }

    /** Starts a Violet with the local credentials. */
    public static Simulator start(int port, Path ledgerFile) {
        return start(port, ledgerFile, VioletCredentials.LOCAL);
    }

    /**
     * Starts a Violet.
     *
     * @param port 0 for any that is free
     */
    public static Simulator start(int port, Path ledgerFile, VioletCredentials credentials) {
        return Simulator.start(port, ledgerFile, ledger -> new VioletSimulator(ledger, credentials));
    }

    /** Runs a Violet until the process ends: {@code PORT LEDGER [APP_ID APP_SECRET USERNAME PASSWORD]}. */
    @SuppressWarnings("resource") // open as long as the process
    public static void main(String[] args) {
        VioletCredentials credentials = args.length < 6
                ? VioletCredentials.LOCAL
                : new VioletCredentials(Integer.parseInt(args[2]), args[3], args[4], args[5]);
        int port =
                start(Integer.parseInt(args[0]), Path.of(args[1]), credentials).port();
        System.out.println("Violet simulator: http://127.0.0.1:" + port + "/v1");
    }

    @Override
    public Answer answer(Call call) {
        if (call.knob().behaviour() == Behaviour.TOKEN_EXPIRED) {
            gate.expireTokens();
        }
        return doors.answer(call).orElseGet(() -> {
            gate.check(call);
            return api.answer(call);
        });
    }

    @Override
    public Answer administer(Call call) {
        return seeds.answer(call);
    }

    @Override
    public Answer refusal(Call call) {
        return VioletError.of(call.knob().code()).orElseThrow().usual();
    }

    @Override
    public Answer breakdown() {
        return VioletError.UNKNOWN_ERROR.about("");
    }

    @Override
    public boolean plays(Knob knob) {
        return switch (knob.behaviour()) {
            case REFUSE -> knob.code() != null && VioletError.of(knob.code()).isPresent();
            default -> true;
        };
    }
}
