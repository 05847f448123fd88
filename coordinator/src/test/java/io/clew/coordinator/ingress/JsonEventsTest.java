package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.coordinator.definitions.Parcels;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class JsonEventsTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Schema TYPES =
            new Schema.Parser()
                    .parse(
                            """
                            {"type":"record","name":"T","fields":[
                              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
                              {"name":"tags","type":{"type":"map","values":"string"}},
                              {"name":"colour","type":{"type":"enum","name":"C","symbols":["RED"]}},
                              {"name":"count","type":["null","int","string"],"default":null}]}
                            """);

    @Test
    void shouldTakeDecimalsAsNumberAndAsText() throws Exception {
        assertThat(weight("12.5")).isEqualTo(1250);
        assertThat(weight("\"12.50\"")).isEqualTo(1250);
    }

    @Test
    void shouldLeaveOutWhatMayBeNull() throws Exception {
        assertThat(read(Parcels.SENT, "{\"parcelId\":\"p\",\"weight\":1}"))
                .isInstanceOfSatisfying(
                        JsonEvents.Read.Fits.class,
                        it -> assertThat(it.event().get("note")).isNull());
    }

    @Test
    void shouldListEveryFault() throws Exception {
        assertThat(read(Parcels.SENT, "{\"weight\":\"1.234\",\"note\":5,\"foo\":1}"))
                .isInstanceOfSatisfying(
                        JsonEvents.Read.Faulty.class,
                        it ->
                                assertThat(it.faults())
                                        .containsExactlyInAnyOrder(
                                                "event.foo: Expected no such field",
                                                "event.parcelId: Expected a value but there is"
                                                        + " none",
                                                "event.weight: Expected a decimal of at most 9"
                                                        + " digits, 2 of them after the point but"
                                                        + " got STRING",
                                                "event.note: Expected string but got NUMBER"));
    }

    @Test
    void shouldTakeInstantsMapsEnumsAndUnionsAsPeopleWriteThem() throws Exception {
        assertThat(
                        read(
                                TYPES,
                                """
                                {"at":"1970-01-01T00:00:01Z","tags":{"a":"b"},"colour":"RED",
                                 "count":"many"}
                                """))
                .isInstanceOfSatisfying(
                        JsonEvents.Read.Fits.class,
                        it -> {
                            assertThat(it.event().get("at")).isEqualTo(1000L);
                            assertThat(it.event().get("count")).isEqualTo("many");
                            assertThat(it.event().get("colour")).hasToString("RED");
                        });
    }

    private static long weight(String json) throws Exception {
        JsonEvents.Read.Fits fits =
                (JsonEvents.Read.Fits)
                        read(Parcels.SENT, "{\"parcelId\":\"p\",\"weight\":" + json + "}");
        return new BigInteger(((ByteBuffer) fits.event().get("weight")).array()).longValue();
    }

    private static JsonEvents.Read read(Schema schema, String json) throws Exception {
        return JsonEvents.read(schema, JSON.readTree(json), "event");
    }
}
