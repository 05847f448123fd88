package io.clew.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.AvroFrame;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.MemoryDefinitions;
import io.clew.coordinator.definitions.Parcels;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.SagaInstance;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** What has come of a saga is shown as people write it. */
class ResultReaderTest {
    private static final Schema TYPES =
            new Schema.Parser()
                    .parse(
                            """
                            {"type":"record","name":"T","fields":[
                              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
                              {"name":"since","type":
                                {"type":"long","logicalType":"timestamp-micros"}},
                              {"name":"day","type":{"type":"int","logicalType":"date"}},
                              {"name":"count","type":"long"},
                              {"name":"share","type":"double"},
                              {"name":"good","type":"boolean"},
                              {"name":"raw","type":"bytes"},
                              {"name":"tags","type":{"type":"map","values":"string"}},
                              {"name":"colour","type":{"type":"enum","name":"C","symbols":["RED"]}},
                              {"name":"note","type":["null","int","string"],"default":null},
                              {"name":"lines","type":{"type":"array","items":{"type":"record",
                                "name":"L","fields":[{"name":"price","type":["null",
                                  {"type":"bytes","logicalType":"decimal","precision":9,"scale":2}
                                ]}]}}}]}
                            """);

    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final AppliedDefinition parcel = followed(parcels.applied("parcel", 3, 0));
    private final ResultReader reader = new ResultReader(definitions);

    /** Under the name by which {@link Sagas} follow it. */
    private static AppliedDefinition followed(AppliedDefinition it) {
        return new AppliedDefinition(
                new DefinitionRef("parcel", 3, "abc"),
                it.offset(),
                it.appliedAt(),
                it.appliedBy(),
                it.source(),
                it.startOffsets(),
                it.awaitOffsets(),
                it.compiled());
    }

    @Test
    void shouldReadWhatHasComeOfASaga() {
        // given
        definitions.add(parcel);
        Bytes result = Bytes.wrap(Parcels.sent("p-1"));
        SagaInstance done = Sagas.done("parcel:p-1", Optional.of(result));

        // when
        SagaStatus.ResultView view = reader.of(done).orElseThrow();

        // then
        assertThat(view.type()).isEqualTo("io.acme.ParcelSent");
        Map<String, Object> expected = new HashMap<>();
        expected.put("parcelId", "p-1");
        expected.put("weight", new BigDecimal("1.50"));
        expected.put("note", null);
        assertThat(view.value()).isEqualTo(expected);
    }

    @Test
    void shouldShowNothingOfWhatHasNoResultOrNoDefinitionHere() {
        // given
        Bytes result = Bytes.wrap(Parcels.sent("p-1"));

        // when / then
        assertThat(reader.of(Sagas.done("parcel:p-1", Optional.of(result)))).isEmpty();
        definitions.add(parcel);
        assertThat(reader.of(Sagas.done("parcel:p-1", Optional.empty()))).isEmpty();
        assertThat(reader.of(Sagas.compensating("parcel:p-1"))).isEmpty();
    }

    @Test
    void shouldShowEveryTypeAsPeopleWriteIt() {
        // given
        GenericRecord line =
                new GenericData.Record(TYPES.getField("lines").schema().getElementType());
        line.put("price", ByteBuffer.wrap(new BigDecimal("39.90").unscaledValue().toByteArray()));
        GenericRecord bare = new GenericData.Record(line.getSchema());
        GenericRecord record =
                new GenericRecordBuilder(TYPES)
                        .set("at", 1_000L)
                        .set("since", 1_000_001L)
                        .set("day", 31)
                        .set("count", 7L)
                        .set("share", 0.5)
                        .set("good", true)
                        .set("raw", ByteBuffer.wrap(new byte[] {1, 2}))
                        .set("tags", Map.of("a", "b"))
                        .set(
                                "colour",
                                new GenericData.EnumSymbol(
                                        TYPES.getField("colour").schema(), "RED"))
                        .set("note", "text")
                        .set("lines", Arrays.asList(line, bare))
                        .build();

        // when
        Map<String, Object> json =
                PlainJson.of(
                        AvroFrame.decodeGeneric(
                                ByteBuffer.wrap(AvroFrame.encode(TYPES, record)), TYPES));

        // then
        assertThat(json)
                .hasToString(
                        "{at=1970-01-01T00:00:01Z, since=1970-01-01T00:00:01.000001Z,"
                                + " day=1970-02-01, count=7, share=0.5, good=true, raw=AQI=,"
                                + " tags={a=b}, colour=RED, note=text,"
                                + " lines=[{price=39.90}, {price=null}]}");
    }
}
