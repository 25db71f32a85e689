package dev.refundhub.local.simulator.violet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Call;
import dev.refundhub.local.simulator.Json;
import dev.refundhub.local.simulator.Refused;
import java.time.Instant;
import java.util.Map;

/** Who may call Violet: the app by its id and secret, the user by a token that a login gave. */
final class VioletGate {

    private record Unauthorized(int status, String message, Integer errorCode, long timestamp) {}

    private final VioletCredentials credentials;
    private final VioletTokens tokens;

    VioletGate(VioletCredentials credentials) {
        this.credentials = credentials;
        this.tokens = new VioletTokens(credentials.appSecret());
    }

    Answer login(Call call) {
        checkApp(call);
        JsonNode body = Json.object(call.body()).orElseThrow(VioletError.EMPTY_BODY::refuse);
        if (!credentials.username().equals(body.path("username").asText())
                || !credentials.password().equals(body.path("password").asText())) {
            throw unauthorized("Invalid username or password", null);
        }
        return Answer.ok(Map.of(
                "username", credentials.username(),
                "token", tokens.issue(VioletTokens.Use.ACCESS),
                "refresh_token", tokens.issue(VioletTokens.Use.REFRESH)));
    }

    Answer refresh(Call call) {
        checkApp(call);
        checkToken(call, VioletTokens.Use.REFRESH);
        return Answer.ok(Map.of("token", tokens.issue(VioletTokens.Use.ACCESS)));
    }

    void check(Call call) {
        checkApp(call);
        checkToken(call, VioletTokens.Use.ACCESS);
    }

    void expireTokens() {
        tokens.expireAll();
    }

    private void checkApp(Call call) {
        if (!Integer.toString(credentials.appId()).equals(call.headers().get("X-Violet-App-Id"))
                || !credentials.appSecret().equals(call.headers().get("X-Violet-App-Secret"))) {
            throw unauthorized("Invalid app credentials", null);
        }
    }

    private void checkToken(Call call, VioletTokens.Use use) {
        String token = call.headers().get("X-Violet-Token");
        switch (token == null ? VioletTokens.Worth.UNKNOWN : tokens.worth(token, use)) {
            case GOOD -> {}
            case EXPIRED -> throw unauthorized("Token has expired", 11);
            case UNKNOWN -> throw unauthorized("Invalid token", null);
        }
    }

    private static Refused unauthorized(String message, Integer code) {
        return new Refused(Answer.of(
                401, new Unauthorized(401, message, code, Instant.now().toEpochMilli())));
    }
}
