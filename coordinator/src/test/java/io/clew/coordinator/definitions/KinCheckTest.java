package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.language.CompiledDefinition;
import io.clew.language.Fault;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** Whether parents and children agree, as far as their versions are known when they are applied. */
class KinCheckTest {
    private static final Schema SEEN =
            SchemaBuilder.record("io.acme.ParcelSeen").fields().requiredString("at").endRecord();

    private static final String SEEN_AT =
            "result: { type: io.acme.ParcelSeen, with: { at: event.parcelId } }\n";

    private static final String PARENT =
            """
            saga: tour
            version: 1
            startedBy: { topic: parcel.events, event: io.acme.ParcelSent, key: event.parcelId }
            steps:
              - saga: send
                start:
                  definition: parcel
                  event: io.acme.ParcelSent
                  result: io.acme.ParcelSeen
                  with: { parcelId: event.parcelId, weight: event.weight }
            """;

    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final DefinitionPublisher publisher =
            new DefinitionPublisher(
                    parcels.language(),
                    definitions,
                    definitions,
                    (topic, from) -> Map.of(0, 0L),
                    InstantSource.system());

    KinCheckTest() {
        parcels.register(21, "saga.inbox", SEEN);
        parcels.register(22, "saga.commands", Parcels.SENT);
        parcels.register(23, "saga.commands", SEEN);
    }

    @Test
    void shouldSayNothingOfAChildThatIsNotThereYet() {
        assertThat(warnings(PARENT)).isEmpty();
    }

    @Test
    void shouldSayNothingWhenTheyAgree() {
        apply("parcel", 1, SEEN_AT);
        assertThat(warnings(PARENT)).isEmpty();
        apply("parcel", 2, "");
        assertThat(warnings(PARENT.replace("      result: io.acme.ParcelSeen\n", ""))).isEmpty();
    }

    @Test
    void shouldWarnOfAResultThatTheNewestVersionDoesNotGive() {
        // given
        apply("parcel", 1, SEEN_AT);
        apply("parcel", 2, "");

        // when
        List<Fault> warnings = warnings(PARENT);

        // then
        assertThat(warnings)
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.severity()).isEqualTo(Fault.Severity.WARNING);
                            assertThat(it.path()).isEqualTo("steps[0].start");
                            assertThat(List.of(it.line(), it.column())).containsExactly(9, 15);
                            assertThat(it.message())
                                    .isEqualTo(
                                            "Expected a result that parcel:2 gives but it gives"
                                                    + " none");
                            assertThat(it.remedy()).contains("BAD_RESULT");
                        });
    }

    @Test
    void shouldWarnOfAnEventThatDoesNotStartIt() {
        // given
        apply("parcel", 1, SEEN_AT);
        String other =
                PARENT.replace("event: io.acme.ParcelSent\n", "event: io.acme.ParcelSeen\n")
                        .replace("parcelId: event.parcelId, weight: event.weight", "at: saga.id");

        // when / then
        assertThat(warnings(other))
                .singleElement()
                .satisfies(
                        it ->
                                assertThat(it.message())
                                        .contains(
                                                "starts parcel:1 but that is io.acme.ParcelSent"));
    }

    @Test
    void shouldWarnThatAParentReadsWhatIsNoLongerGiven() {
        // given
        put(PARENT, "tour", 1);

        // when
        PutResult result = put(Parcels.source("parcel", 1, "7d"), "parcel", 1);

        // then
        assertThat(((PutResult.Created) result).warnings())
                .singleElement()
                .satisfies(
                        it ->
                                assertThat(it.message())
                                        .isEqualTo(
                                                "Expected to give io.acme.ParcelSeen, which tour:1"
                                                        + " reads, but it gives none"));
        assertThat(warnings(Parcels.source("parcel", 2, "7d") + SEEN_AT)).isEmpty();
    }

    private void apply(String name, int version, String result) {
        PutResult applied = put(Parcels.source(name, version, "7d") + result, name, version);
        assertThat(applied).isInstanceOf(PutResult.Created.class);
    }

    private PutResult put(String source, String name, int version) {
        return publisher.put(
                new DefinitionPublisher.Put(
                        name, version, source, new StartFrom.End(), Optional.empty(), true));
    }

    private List<Fault> warnings(String source) {
        return switch (publisher.validate(source)) {
            case DefinitionLanguage.Compiled.Accepted(CompiledDefinition ignored, var warnings) ->
                    warnings;
            case DefinitionLanguage.Compiled.Refused refused ->
                    throw new AssertionError(refused.faults());
        };
    }
}
