package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.order.OrderPlaced;
import java.io.IOException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaTextTest {

    @Test
    void shouldBeTheTextOfTheFileWhenTheClassIsGenerated() throws IOException {
        try (var file = OrderPlaced.class.getResourceAsStream("/avro/order/order-placed.avsc")) {
            var written = new Schema.Parser().parse(file);

            assertThat(OrderPlaced.getClassSchema().toString()).contains("avro.java.string");
            assertThat(SchemaText.of(OrderPlaced.getClassSchema())).isEqualTo(written.toString());
        }
    }

    @Test
    void shouldKeepDocsDefaultsAndOtherPropertiesWhenMapsAreStripped() {
        var written = new Schema.Parser().parse(Parcel.schemaText("\"string\""));

        assertThat(SchemaText.of(Parcel.SCHEMA$)).isEqualTo(written.toString());
    }

    @Test
    void shouldLeaveADefaultAloneWhenItLooksLikeTheProperty() {
        var text =
                """
                {"type":"record","name":"R","fields":[\
                {"name":"s","type":{"type":"string","avro.java.string":"String"}},\
                {"name":"m","type":{"type":"map","values":"int"},\
                "default":{"avro.java.string":1}}]}\
                """;

        assertThat(SchemaText.of(new Schema.Parser().parse(text)))
                .isEqualTo(
                        text.replace(
                                "{\"type\":\"string\",\"avro.java.string\":\"String\"}",
                                "\"string\""));
    }
}
