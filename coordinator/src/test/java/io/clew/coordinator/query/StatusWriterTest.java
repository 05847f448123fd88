package io.clew.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Delivery;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.PauseSubject;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusWriterTest {

    private static final EngineView.Source OWNER = new EngineView.Source(true, true, 0);
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new Jdk8Module())
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Test
    void shouldLookAsItAlwaysDidWhenCompensating() throws Exception {
        // when
        SagaStatus status =
                StatusWriter.status(
                        Sagas.compensating("order:o-1"),
                        Optional.empty(),
                        Optional.empty(),
                        rows(OWNER));

        // then
        assertThat(JSON.readTree(JSON.writeValueAsString(status)))
                .isEqualTo(golden("compensating.json"));
    }

    @Test
    void shouldLookAsItAlwaysDidWhenOnlyAMarkerIsLeft() throws Exception {
        // given
        Marker marker =
                new Marker(
                        new SagaId("order:o-1"),
                        Sagas.STARTED.toEpochMilli(),
                        new DefinitionRef("order", 3, "abc"),
                        Phase.COMPLETED,
                        9,
                        Sagas.STARTED.plusSeconds(9),
                        Sagas.STARTED.plus(Duration.ofDays(30)));

        // when
        SagaStatus status =
                StatusWriter.status(marker, rows(new EngineView.Source(false, false, 12)));

        // then
        assertThat(JSON.readTree(JSON.writeValueAsString(status))).isEqualTo(golden("marker.json"));
    }

    @Test
    void shouldListWhatWasUndoneInTheOrderItWasUndone() {
        // when
        SagaStatus status =
                StatusWriter.status(
                        Sagas.compensated("order:o-1"),
                        Optional.empty(),
                        Optional.empty(),
                        rows(OWNER));

        // then
        assertThat(status.done()).extracting(SagaStatus.StepView::step).containsExactly("a", "b");
        assertThat(status.undone()).extracting(SagaStatus.StepView::step).containsExactly("b", "a");
        assertThat(status.waitsFor()).isEmpty();
    }

    @Test
    void shouldSayWhichTopicIsMissing() {
        // given
        Delivery parked =
                new Delivery.Paused(PauseSubject.topic("payment.commands"), Optional.empty());

        // when
        SagaStatus status =
                StatusWriter.status(
                        Sagas.compensating("order:o-1", parked),
                        Optional.empty(),
                        Optional.empty(),
                        rows(OWNER));

        // then
        assertThat(status.currentSteps())
                .extracting(SagaStatus.CurrentStep::state)
                .containsExactly("parked");
        SagaStatus.WaitsFor wait = status.waitsFor().get(0);
        assertThat(wait.what()).isEqualTo("sendable");
        assertThat(wait.detail()).endsWith("cannot be sent: no topic payment.commands");
    }

    @Test
    void shouldWaitForAnOperatorWhenStuck() {
        // when
        SagaStatus status =
                StatusWriter.status(
                        Sagas.stuck("order:o-1"), Optional.empty(), Optional.empty(), rows(OWNER));

        // then
        assertThat(status.phase()).isEqualTo("HELD");
        assertThat(status.waitsFor().get(0).what()).isEqualTo("intervention");
        assertThat(status.incident().orElseThrow().code()).isEqualTo("COMPENSATION_SPENT");
    }

    @Test
    void shouldSayAllThatIsKnownWhenTheInstanceCannotBeRead() {
        // given
        SagaId saga = new SagaId("order:o-1");
        Incident noted =
                new Incident(
                        Incident.Code.INPUT_FAULT, "retry it", "", Sagas.STARTED.plusSeconds(8));
        EngineView.Rows.Here rows =
                new EngineView.Rows.Here(
                        Optional.empty(),
                        Optional.of("format 9"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(noted),
                        2,
                        OWNER);

        // when
        SagaStatus status = StatusWriter.withoutInstance(saga, noted, rows);

        // then
        assertThat(status.phase()).isEqualTo("HELD");
        assertThat(status.incident().orElseThrow().code()).isEqualTo("INPUT_FAULT");
        assertThat(status.allowedInterventions()).containsExactly("retry");
        assertThat(status.waitsFor())
                .extracting(SagaStatus.WaitsFor::what)
                .containsExactly("coordinator", "intervention");
        assertThat(status.startedAt()).isEmpty();
    }

    /** Nothing but how current they are. */
    private static EngineView.Rows.Here rows(EngineView.Source source) {
        return new EngineView.Rows.Here(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                2,
                source);
    }

    private static JsonNode golden(String name) throws Exception {
        try (InputStream file = StatusWriterTest.class.getResourceAsStream(name)) {
            return JSON.readTree(file);
        }
    }
}
