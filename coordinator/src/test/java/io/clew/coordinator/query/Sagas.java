package io.clew.coordinator.query;

import io.clew.saga.Arrivals;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Delivery;
import io.clew.saga.Execution;
import io.clew.saga.Failure;
import io.clew.saga.FrozenCommand;
import io.clew.saga.Incident;
import io.clew.saga.Outstanding;
import io.clew.saga.Position;
import io.clew.saga.Reach;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaState;
import io.clew.saga.StepRecord;
import io.clew.saga.testkit.Altered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Instances as the engine stores them. */
final class Sagas {

    static final Instant STARTED = Instant.parse("2026-01-31T12:00:00Z");

    private Sagas() {}

    /** Taking back a charge, after a refused shipment and an error of the refund. */
    static SagaInstance compensating(String id) {
        return compensating(
                id,
                new Delivery.BackingOff(
                        STARTED.plusSeconds(3), STARTED.plusSeconds(9), Optional.empty()));
    }

    static SagaInstance compensating(String id, Delivery delivery) {
        Outstanding refund =
                new Outstanding(
                        Execution.compensation("chargePayment", 1, 1),
                        new FrozenCommand(
                                "payment",
                                "payment.commands",
                                "io.clew.payment.RefundPayment",
                                Bytes.utf8("refund"),
                                STARTED.plusSeconds(3),
                                Optional.empty(),
                                false),
                        2,
                        1,
                        Optional.of(new Failure("BUSY", "try again", "chargePayment")),
                        STARTED.plusSeconds(3),
                        delivery);
        Failure cause = new Failure("OUT_OF_STOCK", "none left", "bookShipment");
        return instance(
                id,
                new SagaState.Compensating(cause, new Reach.Everything()),
                List.of(
                        step("createOrder", StepRecord.Status.SUCCEEDED, Optional.empty()),
                        step("chargePayment", StepRecord.Status.COMPENSATING, Optional.empty()),
                        step("bookShipment", StepRecord.Status.REFUSED, Optional.of(cause))),
                List.of(refund),
                Optional.empty());
    }

    /** The same, started by this event. */
    static SagaInstance startedBy(String id, Bytes event) {
        SagaInstance it = compensating(id);
        return new Altered(it).event(event).saga();
    }

    /** Runs by version 3, with the command of one step out. */
    static SagaInstance running(String id, String step) {
        Outstanding command =
                new Outstanding(
                        Execution.action(step, 1),
                        new FrozenCommand(
                                "depot",
                                "depot.commands",
                                "io.acme.StoreParcel",
                                Bytes.utf8("store"),
                                STARTED,
                                Optional.empty(),
                                false),
                        1,
                        0,
                        Optional.empty(),
                        STARTED,
                        new Delivery.Sent(STARTED, STARTED.plusSeconds(30), Optional.empty()));
        return instance(
                id,
                new SagaState.Running(Optional.empty()),
                List.of(
                        new StepRecord(
                                step,
                                1,
                                StepRecord.Status.OUTSTANDING,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                false)),
                List.of(command),
                Optional.empty());
    }

    /** Everything taken back. */
    static SagaInstance compensated(String id) {
        Failure cause = new Failure("OUT_OF_STOCK", "none left", "c");
        return instance(
                id,
                new SagaState.Compensated(cause),
                List.of(
                        step("a", StepRecord.Status.COMPENSATED, Optional.empty()),
                        step("b", StepRecord.Status.COMPENSATED, Optional.empty()),
                        step("c", StepRecord.Status.REFUSED, Optional.of(cause))),
                List.of(),
                Optional.of(STARTED.plusSeconds(9)));
    }

    /** All done, with this result if there is one. */
    static SagaInstance done(String id, Optional<Bytes> result) {
        return instance(
                id,
                new SagaState.Completed(result),
                List.of(step("a", StepRecord.Status.SUCCEEDED, Optional.empty())),
                List.of(),
                Optional.of(STARTED.plusSeconds(9)));
    }

    /** Stands still until an operator intervenes. */
    static SagaInstance stuck(String id) {
        SagaInstance it = compensating(id);
        return new Altered(it)
                .incidents(
                        List.of(
                                new Incident(
                                        Incident.Code.COMPENSATION_SPENT,
                                        "retry or skip",
                                        "chargePayment",
                                        STARTED.plusSeconds(8))))
                .timer(Optional.empty())
                .saga();
    }

    private static SagaInstance instance(
            String id,
            SagaState state,
            List<StepRecord> steps,
            List<Outstanding> outstanding,
            Optional<Instant> ended) {
        return new SagaInstance(
                new SagaId(id),
                STARTED.toEpochMilli(),
                new DefinitionRef(new SagaId(id).definition(), 3, "abc"),
                1,
                Bytes.utf8("event"),
                Map.of("customerId", "c-1"),
                STARTED.plusSeconds(1800),
                Optional.empty(),
                Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                Optional.empty(),
                7,
                new Position("topic", 2, 41),
                STARTED.plusSeconds(5),
                state,
                steps,
                List.of(),
                outstanding,
                List.of(),
                Arrivals.NONE,
                List.of(),
                Optional.empty(),
                Optional.of(STARTED.plusSeconds(9)),
                ended,
                List.of());
    }

    private static StepRecord step(
            String path, StepRecord.Status status, Optional<Failure> failure) {
        return new StepRecord(path, 1, status, true, Optional.empty(), failure, 0, false);
    }
}
