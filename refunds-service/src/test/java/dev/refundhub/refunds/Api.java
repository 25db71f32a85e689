package dev.refundhub.refunds;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.refundhub.messages.MerchantOrder;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The REST API as its callers use it. */
final class Api {

    private Api() {}

    static RequestSpecification as(String token) {
        return RestAssured.given().auth().oauth2(token).contentType("application/json");
    }

    static void put(MerchantOrder order) {
        as(Tokens.service(order.seller()))
                .body(text(order))
                .put("/api/v2/orders/" + order.orderId())
                .then()
                .statusCode(204);
    }

    static void policy(String seller, String policy) {
        as(Tokens.seller(seller))
                .body(policy)
                .put("/api/v2/sellers/" + seller + "/policy")
                .then()
                .statusCode(200);
    }

    static Response ask(String token, String body) {
        return as(token).body(body).post("/api/v2/refunds");
    }

    static Response act(String token, long id, String body) {
        return as(token).body(body).patch("/api/v2/refunds/" + id);
    }

    static Response cancel(String token, long id) {
        return as(token).delete("/api/v2/refunds/" + id);
    }

    static Response get(String token, long id) {
        return as(token).get("/api/v2/refunds/" + id);
    }

    static long id(Response created) {
        created.then().statusCode(201);
        return created.jsonPath().getLong("data.id");
    }

    static String text(Object value) {
        try {
            return Topics.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
