package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroFrameTest {

    private static final Schema PARCEL = new Schema.Parser().parse(Parcel.schemaText("\"string\""));
    private static final Instant SENT = Instant.parse("2026-03-01T10:15:30.123Z");
    private static final String PARCEL_HEX =
            // magic, id 258
            "00"
                    + "00000102"
                    // "ab"
                    + "046162"
                    // three labels, sorted: a=1, b=2, c=3, end of map
                    + "06"
                    + "0261"
                    + "0231"
                    + "0262"
                    + "0232"
                    + "0263"
                    + "0233"
                    + "00"
                    // second branch, decimal 12.34 = 1234 in two bytes
                    + "02"
                    + "0404d2"
                    // 1772360130123 ms, zigzag varint
                    + "96f9aa8e9567";

    @Test
    void shouldWriteMagicIdAndBinaryToTheByteWhenSpecific() {
        // given
        var parcel = new Parcel("ab", unsorted(), new BigDecimal("12.34"), SENT);

        // when
        var frame = AvroFrame.encode(258, PARCEL, parcel);

        // then
        assertThat(HexFormat.of().formatHex(frame)).isEqualTo(PARCEL_HEX);
        assertThat(AvroFrame.schemaId(frame)).isEqualTo(258);
        assertThat(AvroFrame.frame(258, AvroFrame.encode(PARCEL, parcel))).isEqualTo(frame);
    }

    @Test
    void shouldWriteTheSameBytesWhenGeneric() {
        assertThat(HexFormat.of().formatHex(AvroFrame.encode(258, PARCEL, genericParcel())))
                .isEqualTo(PARCEL_HEX);
    }

    @Test
    void shouldReadStringsDecimalsAndTimestampsWhenGeneric() {
        // given
        var payload = AvroFrame.payload(HexFormat.of().parseHex(PARCEL_HEX));

        // when
        var parcel = AvroFrame.decodeGeneric(payload, PARCEL);

        // then
        assertThat(parcel.get("name")).isEqualTo("ab");
        assertThat(parcel.get("labels")).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(parcel.get("price")).isEqualTo(new BigDecimal("12.34"));
        assertThat(parcel.get("sentAt")).isEqualTo(SENT);
    }

    @Test
    void shouldNeverMakeAGeneratedClassWhenGeneric() {
        var payload = AvroFrame.payload(HexFormat.of().parseHex(PARCEL_HEX));

        assertThat(AvroFrame.decodeGeneric(payload, PARCEL)).isInstanceOf(GenericData.Record.class);
    }

    @Test
    void shouldReadAGeneratedClassWhenSpecific() {
        // given
        var payload = AvroFrame.payload(HexFormat.of().parseHex(PARCEL_HEX));

        // when
        var parcel = AvroFrame.decodeSpecific(payload, PARCEL, Parcel.class);

        // then
        assertThat(parcel).isEqualTo(new Parcel("ab", unsorted(), new BigDecimal("12.34"), SENT));
    }

    @Test
    void shouldReadWithAnotherSchemaWhenCompatible() {
        // given
        var older =
                new Schema.Parser()
                        .parse(
                                """
                                {"type":"record","name":"Parcel","namespace":"io.clew.avro",
                                "fields":[
                                {"name":"sentAt","type":"long"},{"name":"name","type":"string"},
                                {"name":"note","type":"string","default":"none"}]}\
                                """);
        var payload = AvroFrame.payload(HexFormat.of().parseHex(PARCEL_HEX));

        // when
        var parcel = AvroFrame.decodeGeneric(payload, PARCEL, older);

        // then
        assertThat(parcel.get("name")).isEqualTo("ab");
        assertThat(parcel.get("note")).isEqualTo("none");
        assertThat(parcel.get("sentAt")).isEqualTo(SENT.toEpochMilli());
    }

    @Test
    void shouldReadFromTheMiddleOfABufferWhenDirectOrNot() {
        // given
        var frame = HexFormat.of().parseHex("ffff" + PARCEL_HEX);
        var direct = ByteBuffer.allocateDirect(frame.length).put(frame).position(7);
        var array = ByteBuffer.wrap(frame).position(7);

        // when
        var fromDirect = AvroFrame.decodeGeneric(direct, PARCEL);
        var fromArray = AvroFrame.decodeGeneric(array.slice(), PARCEL);

        // then
        assertThat(fromDirect.get("sentAt")).isEqualTo(SENT);
        assertThat(fromArray.get("sentAt")).isEqualTo(SENT);
    }

    @Test
    void shouldRefuseAFrameWhenShortOrWithoutMagic() {
        assertThatThrownBy(() -> AvroFrame.schemaId(new byte[4]))
                .isInstanceOf(BadFrameException.class)
                .hasMessage("Expected at least 5 bytes of frame but got 4");
        assertThatThrownBy(() -> AvroFrame.payload(new byte[] {'{', 0, 0, 0, 1, 2}))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("Expected magic byte 0 but got 123");
    }

    @Test
    void shouldRefuseAPayloadWhenBytesAreMissingOrLeft() {
        var whole = HexFormat.of().parseHex(PARCEL_HEX.substring(10));
        for (var length = 0; length < whole.length; length++) {
            var cut = ByteBuffer.wrap(whole, 0, length).slice();
            assertThatThrownBy(() -> AvroFrame.decodeGeneric(cut, PARCEL))
                    .isInstanceOf(BadFrameException.class);
        }
        var more = ByteBuffer.wrap(HexFormat.of().parseHex(PARCEL_HEX.substring(10) + "00"));
        assertThatThrownBy(() -> AvroFrame.decodeGeneric(more, PARCEL))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("1 bytes are left");
    }

    @Test
    void shouldNameTheFieldWhenAValueDoesNotFit() {
        var parcel = new Parcel(null, Map.of(), null, SENT);

        assertThatThrownBy(() -> AvroFrame.encode(PARCEL, parcel))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("io.clew.avro.Parcel")
                .hasMessageContaining("name");
    }

    private static GenericRecord genericParcel() {
        return new GenericRecordBuilder(PARCEL)
                .set("name", "ab")
                .set("labels", unsorted())
                .set("price", new BigDecimal("12.34"))
                .set("sentAt", SENT)
                .build();
    }

    private static Map<String, String> unsorted() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("c", "3");
        labels.put("a", "1");
        labels.put("b", "2");
        return labels;
    }
}
