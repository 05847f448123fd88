package io.clew.it.faults.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.it.faults.load.OrderKind;
import io.clew.it.faults.load.Workload.Asked;
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
public final class Made {
    static final PlacedOrder ORDER = new PlacedOrder("o-1", "tok_visa", "sku-1", 2, "DE");
    public static final String SAGA = ORDER.sagaId();
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
    public static SagaTransition transition(
            long revision, String phase, TransitionEvent... events) {
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
    public static ConsumerRecord<byte[], byte[]> placed(long at) {
        return bare("order.events", ORDER.id(), at, at, new byte[0]);
    }

    /** A transition as it stands on {@code saga.events}. */
    public static ConsumerRecord<byte[], byte[]> written(SagaTransition transition, long at) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[5]);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(SagaTransition.class).write(transition, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bare(
                "saga.events",
                transition.getSagaId(),
                transition.getRevision(),
                at,
                bytes.toByteArray());
    }

    /** An arrival on the inbox. */
    public static ConsumerRecord<byte[], byte[]> arrival(long offset, long at) {
        return bare("saga.inbox", SAGA, offset, at, new byte[0]);
    }

    /** A command to charge the order; headers in pairs of name and value, beside its own. */
    public static ConsumerRecord<byte[], byte[]> command(
            int attempt, long offset, long at, String value, String... headers) {
        ConsumerRecord<byte[], byte[]> command =
                bare("payment.commands", SAGA, offset, at, value.getBytes(UTF_8));
        put(command, "ce_id", SAGA + "/" + RUN + "/chargePayment/action/1/" + attempt);
        put(command, "ce_sagaid", SAGA);
        put(command, headers);
        return command;
    }

    /** The answer to such a command. */
    public static ConsumerRecord<byte[], byte[]> reply(
            int attempt, long at, String outcome, String value, String source) {
        ConsumerRecord<byte[], byte[]> reply =
                bare("saga.inbox", SAGA, at, at, value.getBytes(UTF_8));
        put(reply, "ce_sagakind", "reply", "ce_source", source, "ce_sagaoutcome", outcome);
        put(reply, "ce_sagaid", SAGA, "ce_sagarun", Long.toString(RUN));
        put(reply, "ce_sagastep", "chargePayment", "ce_sagadirection", "action");
        put(reply, "ce_sagaexecution", "1", "ce_sagaattempt", Integer.toString(attempt));
        return reply;
    }

    private static void put(ConsumerRecord<?, ?> record, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
    }

    private static ConsumerRecord<byte[], byte[]> bare(
            String topic, String key, long offset, long at, byte[] value) {
        byte[] bytes = key.getBytes(UTF_8);
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                at,
                TimestampType.LOG_APPEND_TIME,
                bytes.length,
                value.length,
                bytes,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
