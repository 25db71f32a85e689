package dev.refundhub.messages;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MessagesTest {

    /** Strict: a field that only the sample has fails to read, one that only the record has is missing when compared. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    record Message(String sample, Class<?> type, String topic, String ceType) {}

    static Stream<Message> messages() {
        return Stream.of(
                new Message("order", MerchantOrder.class, MerchantOrder.TOPIC, MerchantOrder.TYPE),
                new Message("claim", PartnerClaim.class, PartnerClaim.TOPIC, PartnerClaim.TYPE),
                new Message("instant-refund", InstantRefund.class, InstantRefund.TOPIC, InstantRefund.TYPE),
                new Message("return", PartnerReturn.class, PartnerReturn.TOPIC, PartnerReturn.TYPE),
                new Message("sale-hint", SaleHint.class, SaleHint.TOPIC, SaleHint.TYPE),
                new Message("bag-read", BagRead.class, BagRead.TOPIC, BagRead.TYPE),
                new Message("pay", VioletPayment.class, VioletPayment.TOPIC, VioletPayment.TYPE),
                new Message("read", VioletLook.class, VioletLook.TOPIC, VioletLook.TYPE),
                new Message("resolve", PaymentResolution.class, PaymentResolution.TOPIC, PaymentResolution.TYPE),
                new Message(
                        "confirm",
                        ShippedSuiteConfirmation.class,
                        ShippedSuiteConfirmation.TOPIC,
                        ShippedSuiteConfirmation.TYPE),
                new Message("report", PartnerReport.class, PartnerReport.TOPIC, PartnerReport.TYPE),
                new Message("refund-changed", RefundChanged.class, RefundChanged.TOPIC, RefundChanged.TYPE));
    }

    @TestFactory
    Stream<DynamicTest> aRecordAndItsSampleAreTheSameThing() {
        return messages()
                .map(message -> DynamicTest.dynamicTest(message.sample(), () -> {
                    JsonNode sample = sample(message.sample());

                    Object read = JSON.treeToValue(sample, message.type());

                    assertEquals(sample, JSON.readTree(JSON.writeValueAsString(read)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> aSampleShowsSomethingInEveryList() {
        return messages()
                .map(message -> DynamicTest.dynamicTest(message.sample(), () -> {
                    JsonNode sample = sample(message.sample());

                    Set<String> empty = new TreeSet<>();
                    sample.properties().forEach(field -> {
                        if (field.getValue().isArray() && field.getValue().isEmpty()) {
                            empty.add(field.getKey());
                        }
                    });

                    assertEquals(Set.of(), empty);
                }));
    }

    @Test
    void aTypeIsNamedAfterItsSample() {
        assertAll(messages()
                .map(message -> () -> assertEquals("dev.refundhub." + message.sample() + ".v1", message.ceType())));
    }

    @Test
    void topicsAreKebabCase() {
        assertAll(messages()
                .map(message -> () -> assertTrue(message.topic().matches("[a-z]+(-[a-z]+)*"), message.topic())));
    }

    private static JsonNode sample(String name) throws IOException {
        try (InputStream in = MerchantOrder.class.getResourceAsStream("/samples/" + name + ".json")) {
            return JSON.readTree(in);
        }
    }
}
