package io.clew.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.order.OrderPlaced;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OrdersTest {

    @Test
    void shouldPlaceTheSameOrderByRestAndAsAnEvent() throws IOException {
        // when
        JsonNode json = new ObjectMapper().readTree(Orders.json("o-1", true));
        OrderPlaced event = Orders.event("o-1", true);

        // then
        assertThat(json.path("orderId").asText()).isEqualTo(event.getOrderId());
        assertThat(json.path("customerId").asText()).isEqualTo(event.getCustomerId());
        assertThat(json.path("paymentToken").asText())
                .isEqualTo(event.getPaymentToken())
                .isEqualTo("tok_declined");
        assertThat(json.path("lines").get(0).path("unitPrice").decimalValue())
                .isEqualTo(event.getLines().get(0).getUnitPrice());
        assertThat(event.getTotalAmount()).isEqualTo("19.90");
    }
}
