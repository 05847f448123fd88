package io.clew.it.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.it.faults.Workload.Asked;
import io.clew.it.system.PlacedOrder;
import io.clew.schema.SagaFailure;
import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionCause;
import io.clew.schema.TransitionEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** One order and what the system writes about it, made by hand. */
final class Made {
    static final PlacedOrder ORDER = new PlacedOrder("o-1", "tok_visa", "sku-1", 2, "DE");
    static final String SAGA = ORDER.sagaId();
    static final long RUN = 1;

    private static final String REFUSAL = "CARD_DECLINED";

    private Made() {}

    static Map<String, Asked> asked(OrderKind kind) {
        return Map.of(ORDER.id(), new Asked(kind, ORDER));
    }

    static TransitionEvent event(String type) {
        return TransitionEvent.newBuilder().setType(type).build();
    }

    static TransitionEvent decided(String step) {
        return TransitionEvent.newBuilder(event("CommandDecided"))
                .setStep(step)
                .setDirection("action")
                .setExecution(1)
                .setCompensatable(!step.equals("confirmOrder"))
                .build();
    }

    static TransitionEvent refused(String step) {
        return TransitionEvent.newBuilder(event("StepRefused"))
                .setStep(step)
                .setExecution(1)
                .build();
    }

    static TransitionEvent takesBack(String step) {
        return TransitionEvent.newBuilder(event("CommandDecided"))
                .setStep(step)
                .setDirection("compensation")
                .setExecution(1)
                .setCompensates(1)
                .build();
    }

    static TransitionEvent tookBack(String step) {
        return TransitionEvent.newBuilder(event("CompensationSucceeded"))
                .setStep(step)
                .setCompensates(1)
                .build();
    }

    /** A transition caused by the inbox record at the offset of its revision. */
    static SagaTransition transition(long revision, String phase, TransitionEvent... events) {
        return SagaTransition.newBuilder()
                .setSagaId(SAGA)
                .setRun(RUN)
                .setDefinition("order-fulfilment")
                .setVersion(1)
                .setBusinessKey(ORDER.id())
                .setRevision(revision)
                .setPhase(phase)
                .setTime(Instant.EPOCH)
                .setCause(new TransitionCause("saga.inbox", "topic", 0, revision, "reply"))
                .setEvents(List.of(events))
                .build();
    }

    static SagaTransition failing(SagaTransition transition, String code) {
        return SagaTransition.newBuilder(transition)
                .setFailure(new SagaFailure(code, "because", "chargePayment"))
                .build();
    }

    static SagaTransition rejecting(SagaTransition transition) {
        return SagaTransition.newBuilder(transition).setRejection("SAGA_ENDED").build();
    }

    /** The story of these transitions, one written each second. */
    static SagaStory story(SagaTransition... transitions) {
        SagaStory story = new SagaStory(SAGA);
        long at = 0;
        for (SagaTransition transition : transitions) {
            at += 1_000;
            story.add(transition, at);
        }
        return story;
    }

    static SagaTransition[] completing() {
        return new SagaTransition[] {
            transition(1, "RUNNING", event("SagaStarted"), decided("createOrder")),
            transition(2, "RUNNING", event("StepSucceeded"), decided("chargePayment")),
            transition(3, "RUNNING", event("StepSucceeded"), decided("bookShipment")),
            transition(4, "RUNNING", event("StepSucceeded"), decided("confirmOrder")),
            transition(5, "COMPLETED", event("StepSucceeded"), event("SagaCompleted"))
        };
    }

    static SagaStory completed() {
        return story(completing());
    }

    /** The card was declined. */
    static SagaStory compensated() {
        return story(
                transition(1, "RUNNING", event("SagaStarted"), decided("createOrder")),
                transition(2, "RUNNING", event("StepSucceeded"), decided("chargePayment")),
                failing(
                        transition(
                                3,
                                "COMPENSATING",
                                refused("chargePayment"),
                                takesBack("createOrder")),
                        REFUSAL),
                transition(4, "COMPENSATED", tookBack("createOrder"), event("SagaCompensated")));
    }

    /** The order as it stands on {@code order.events}. */
    static ConsumerRecord<byte[], byte[]> placed(long at) {
        byte[] key = ORDER.id().getBytes(UTF_8);
        return new ConsumerRecord<>(
                "order.events",
                0,
                at,
                at,
                TimestampType.CREATE_TIME,
                key.length,
                0,
                key,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    /**
     * A record about the saga.
     *
     * @param at its instant, in epoch milliseconds
     */
    static ConsumerRecord<byte[], byte[]> record(
            String topic, long offset, long at, byte[] value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        byte[] key = SAGA.getBytes(UTF_8);
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                at,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                value.length,
                key,
                value,
                all,
                Optional.empty());
    }

    /** A transition as it stands on {@code saga.events}. */
    static ConsumerRecord<byte[], byte[]> written(SagaTransition transition, long at) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[5]);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(SagaTransition.class).write(transition, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return record("saga.events", transition.getRevision(), at, bytes.toByteArray(), Map.of());
    }
}
