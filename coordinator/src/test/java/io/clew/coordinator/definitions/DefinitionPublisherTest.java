package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class DefinitionPublisherTest {

    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final DefinitionPublisher publisher = publisher(definitions);

    @Test
    void shouldRecordWhereItsTopicEndsWhenApplied() {
        // when
        PutResult result = put("parcel", 1, "7d");

        // then
        assertThat(result).isInstanceOf(PutResult.Created.class);
        assertThat(definitions.get("parcel", 1).orElseThrow().startOffsets())
                .isEqualTo(Map.of(0, 41L, 1, 7L));
        assertThat(definitions.log().get(0).getAppliedBy()).isEqualTo("ada");
    }

    @Test
    void shouldListenFromTheBeginningWhenAskedTo() {
        // when
        publisher.put(wish("parcel", 1, "7d", new StartFrom.Earliest()));

        // then
        assertThat(definitions.get("parcel", 1).orElseThrow().startOffsets().get(0)).isZero();
    }

    @Test
    void shouldWriteNothingWhenTheSameIsPutAgain() {
        // given
        put("parcel", 1, "7d");

        // when
        PutResult result = put("parcel", 1, "7d");

        // then
        assertThat(result).isInstanceOf(PutResult.Unchanged.class);
        assertThat(definitions.log()).hasSize(1);
    }

    @Test
    void shouldRefuseOtherContentOfAVersion() {
        // given
        put("parcel", 1, "7d");

        // when
        PutResult result = put("parcel", 1, "8d");

        // then
        assertThat(result).isInstanceOf(PutResult.Conflict.class);
        assertThat(definitions.log()).hasSize(1);
    }

    @Test
    void shouldTellTheSecondOfTwoAtOnceThatItLost() {
        // given
        DefinitionPublisher overtaken =
                publisher(
                        record -> {
                            put("parcel", 1, "8d");
                            return definitions.append(record);
                        });

        // when
        PutResult result = overtaken.put(wish("parcel", 1, "7d", new StartFrom.End()));

        // then
        assertThat(result).isInstanceOf(PutResult.Conflict.class);
        assertThat(definitions.get("parcel", 1).orElseThrow().source()).contains("8d");
    }

    @Test
    void shouldListEveryFaultWhenRefused() {
        // when
        PutResult result =
                publisher.put(
                        new DefinitionPublisher.Put(
                                "parcel",
                                1,
                                "saga: parcel\nversion: 1\nfoo: 1\n",
                                new StartFrom.End(),
                                Optional.empty(),
                                true));

        // then
        assertThat(((PutResult.Refused) result).faults()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldRefuseATextThatNamesAnotherDefinition() {
        // when
        PutResult result = publisher.put(wish("other", 1, "7d", new StartFrom.End()));
        PutResult named =
                publisher.put(
                        new DefinitionPublisher.Put(
                                "elsewhere",
                                1,
                                Parcels.source("parcel", 1, "7d"),
                                new StartFrom.End(),
                                Optional.empty(),
                                true));

        // then
        assertThat(result).isInstanceOf(PutResult.Created.class);
        assertThat(((PutResult.Refused) named).faults())
                .singleElement()
                .satisfies(it -> assertThat(it.remedy()).contains("/definitions/parcel/"));
    }

    @Test
    void shouldSayThatItMayWorkLaterWhenTheBrokerIsAway() {
        // given
        DefinitionPublisher cut =
                publisher(
                        record -> {
                            throw new KafkaException("no broker");
                        });

        // when
        PutResult result = cut.put(wish("parcel", 1, "7d", new StartFrom.End()));

        // then
        assertThat(result).isEqualTo(new PutResult.Unavailable("no broker"));
    }

    private PutResult put(String name, int version, String retention) {
        return publisher.put(wish(name, version, retention, new StartFrom.End()));
    }

    private static DefinitionPublisher.Put wish(
            String name, int version, String retention, StartFrom from) {
        return new DefinitionPublisher.Put(
                name,
                version,
                Parcels.source(name, version, retention),
                from,
                Optional.of("ada"),
                true);
    }

    private DefinitionPublisher publisher(DefinitionLog log) {
        return new DefinitionPublisher(
                parcels.language(),
                log,
                definitions,
                (topic, from) ->
                        from instanceof StartFrom.End
                                ? Map.of(0, 41L, 1, 7L)
                                : Map.of(0, 0L, 1, 0L),
                () -> Instant.EPOCH);
    }
}
