package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns decisions into what must be written and sent. */
final class Plan {
    private Plan() {}

    static Batch deadLetter(RawInput raw, String code, String reason) {
        return new Batch(List.of(), List.of(new Effect.DeadLetter(raw, code, reason)));
    }

    /**
     * An input from before the last one applied: changes nothing, what is outstanding goes out if
     * it can be sent now.
     */
    static Batch emitAgain(SagaInstance saga, Pauses pauses) {
        List<Effect> effects = new ArrayList<>();
        String name = saga.definition().name();
        boolean again =
                saga.pausedAt().isEmpty()
                        && saga.outstanding()
                                .filter(it -> it.delivery() instanceof Delivery.Sent)
                                .filter(it -> pauses.holding(name, it.command()).isEmpty())
                                .isPresent();
        if (again) {
            saga.sentCommand().ifPresent(it -> effects.add(new Effect.SendCommand(it)));
        }
        return new Batch(List.of(), effects);
    }

    /** Whether this binary knows the rules the saga follows, or is to follow. */
    static boolean known(Inbound in, Optional<SagaInstance> instance) {
        int asked =
                instance.map(SagaInstance::logicVersion)
                        .orElseGet(
                                () ->
                                        in.input() instanceof SagaInput.Trigger trigger
                                                ? trigger.logicVersion()
                                                : SagaMachine.LOGIC_VERSION);
        return asked <= SagaMachine.LOGIC_VERSION;
    }

    /** An intervention that could not be carried out: nothing changes but that it is remembered. */
    static Batch faulted(Inbound in, SagaInput.Intervention asked, SagaInstance saga) {
        Instant now = Draft.later(in.timestamp(), saga.time());
        SagaEvent event = Interventions.rejected(asked, Rejection.FAULTED);
        return changed(saga, event, in.position(), now, in.input().kind());
    }

    private static Batch changed(
            SagaInstance saga, SagaEvent event, Position at, Instant now, String kind) {
        InstanceBuilder builder = new InstanceBuilder(saga);
        builder.advance(at, now);
        builder.apply(event);
        SagaInstance after = builder.build();
        Transition transition =
                new Transition(
                        saga.id(),
                        saga.run(),
                        after.revision(),
                        now,
                        at,
                        kind,
                        List.of(event),
                        Optional.empty());
        return new Batch(
                List.of(new Change.PutInstance(Optional.of(saga), after)),
                List.of(new Effect.PublishTransition(transition)));
    }

    /** What has ended takes no input any more. */
    static Batch rejected(Inbound in, SagaInstance saga) {
        return new Batch(List.of(), List.of(rejection(in, saga, Rejection.FAULTED)));
    }

    static Optional<DefinitionRef> definitionOf(Inbound in, Optional<SagaInstance> instance) {
        return instance.map(SagaInstance::definition)
                .or(
                        () ->
                                in.input() instanceof SagaInput.Trigger trigger
                                        ? Optional.of(trigger.definition())
                                        : Optional.empty());
    }

    /** An input for a saga that is over or never was. */
    static Batch withoutInstance(Inbound in, RawInput raw, Optional<Marker> marker) {
        if (in.input() instanceof SagaInput.TimerFired fired) {
            return expire(in, fired, marker);
        }
        if (marker.isPresent()) {
            return new Batch(List.of(), List.of(rejection(in, marker.get(), Rejection.SAGA_ENDED)));
        }
        return deadLetter(
                raw,
                "UNKNOWN_SAGA",
                "no saga " + in.saga() + " is known, so its " + in.input().kind() + " fits none");
    }

    private static Batch expire(Inbound in, SagaInput.TimerFired fired, Optional<Marker> marker) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.DeleteTimer(in.saga(), fired.dueAt()));
        if (marker.isPresent()) {
            Instant expiresAt = marker.get().expiresAt();
            // Not the timer of its instance, read again, however near it lies.
            boolean due =
                    fired.dueAt().equals(expiresAt)
                            && !expiresAt.isAfter(in.timestamp().plusSeconds(1));
            if (due) {
                forget(marker.get(), changes);
            } else {
                changes.add(new Change.PutTimer(in.saga(), expiresAt));
            }
        }
        return new Batch(changes, List.of());
    }

    static Batch decide(
            SagaDefinition definition,
            Optional<SagaInstance> instance,
            Optional<Marker> marker,
            Inbound in,
            Supplier<Decision> decider) {
        boolean taken = marker.filter(it -> it.expiresAt().isAfter(in.timestamp())).isPresent();
        if (instance.isEmpty() && taken) {
            return new Batch(List.of(), List.of(rejection(in, marker.get(), Rejection.KEY_TAKEN)));
        }
        return of(definition, instance, in, decider.get(), marker);
    }

    /** The input made the machine throw: it is kept, under an incident. */
    static Batch fault(
            SagaDefinition definition,
            Optional<SagaInstance> instance,
            Inbound in,
            RawInput raw,
            RuntimeException fault) {
        String what = fault.getClass().getSimpleName() + ": " + fault.getMessage();
        QueuedInput kept = new QueuedInput(in.saga(), raw, QueuedInput.OPERATOR, Optional.of(what));
        Decision decision = SagaMachine.fault(definition, instance, in, what);
        Batch noted = of(definition, instance, in, decision, Optional.empty());
        List<Change> changes = new ArrayList<>(noted.changes());
        changes.add(new Change.Enqueue(kept));
        return new Batch(changes, noted.effects());
    }

    /** An input is kept, under an incident, that could not even be handed to the machine. */
    static Batch raised(SagaInstance saga, QueuedInput failed, String kind) {
        RawInput raw = failed.raw();
        Instant now = Draft.later(raw.timestamp(), saga.time());
        String what = failed.fault().orElseThrow();
        SagaEvent event =
                new SagaEvent.IncidentRaised(
                        Incident.ofInput(kind, raw.position(), what, now).after(saga));
        Batch raised = changed(saga, event, raw.position(), now, kind);
        List<Change> changes = new ArrayList<>(raised.changes());
        changes.add(new Change.ForgetIncident(saga.id()));
        changes.add(new Change.Enqueue(failed));
        return new Batch(changes, raised.effects());
    }

    private static Batch of(
            SagaDefinition definition,
            Optional<SagaInstance> before,
            Inbound in,
            Decision decision,
            Optional<Marker> marker) {
        List<Change> changes = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        if (in.input() instanceof SagaInput.TimerFired fired) {
            changes.add(new Change.DeleteTimer(in.saga(), fired.dueAt()));
        }
        switch (decision) {
            case Decision.Applied applied -> {
                // Whoever reads meanwhile finds the instance, or still the marker.
                marker.ifPresent(
                        it -> changes.add(new Change.DeleteTimer(it.id(), it.expiresAt())));
                applied(before, applied, changes, effects);
                marker.ifPresent(it -> changes.add(new Change.DeleteMarker(it.id())));
            }
            case Decision.Rejected rejected ->
                    effects.add(rejection(in, before.orElseThrow(), rejected.reason()));
            case Decision.Expired ignored -> expired(definition, before.orElseThrow(), in, changes);
        }
        return new Batch(changes, effects);
    }

    private static void forget(Marker marker, List<Change> changes) {
        changes.add(new Change.DeleteMarker(marker.id()));
        changes.add(new Change.DeleteTimer(marker.id(), marker.expiresAt()));
    }

    private static void applied(
            Optional<SagaInstance> before,
            Decision.Applied applied,
            List<Change> changes,
            List<Effect> effects) {
        SagaInstance after = applied.after();
        changes.add(new Change.PutInstance(before, after));
        if (!before.flatMap(SagaInstance::timer).equals(after.timer())) {
            before.flatMap(SagaInstance::timer)
                    .ifPresent(due -> changes.add(new Change.DeleteTimer(after.id(), due)));
            after.timer().ifPresent(due -> changes.add(new Change.PutTimer(after.id(), due)));
        } else if (!changes.isEmpty() && changes.get(0) instanceof Change.DeleteTimer) {
            after.timer().ifPresent(due -> changes.add(new Change.PutTimer(after.id(), due)));
        }
        applied.commands().forEach(it -> effects.add(new Effect.SendCommand(it)));
        effects.add(new Effect.PublishTransition(applied.transition()));
        boolean endsNow =
                after.phase().ended() && !before.filter(it -> it.phase().ended()).isPresent();
        if (endsNow) {
            effects.add(new Effect.Archive(after));
        }
    }

    /** The row goes; while its key stays taken a marker stays. */
    private static void expired(
            SagaDefinition definition, SagaInstance saga, Inbound in, List<Change> changes) {
        saga.timer().ifPresent(due -> changes.add(new Change.DeleteTimer(saga.id(), due)));
        Marker marker =
                new Marker(
                        saga.id(),
                        saga.run(),
                        saga.definition(),
                        saga.phase(),
                        saga.revision(),
                        saga.endedAt().orElseThrow(),
                        saga.endedAt().orElseThrow().plus(definition.uniqueFor()));
        if (marker.expiresAt().isAfter(in.timestamp())) {
            changes.add(new Change.PutMarker(marker));
            changes.add(new Change.PutTimer(saga.id(), marker.expiresAt()));
        }
        changes.add(new Change.DeleteInstance(saga));
    }

    private static Effect rejection(Inbound in, SagaInstance saga, Rejection reason) {
        return rejection(
                in, new Standing(saga.id(), saga.run(), saga.revision(), saga.time()), reason);
    }

    private static Effect rejection(Inbound in, Marker marker, Rejection reason) {
        Standing standing =
                new Standing(marker.id(), marker.run(), marker.revision(), marker.endedAt());
        return rejection(in, standing, reason);
    }

    private static Effect rejection(Inbound in, Standing standing, Rejection reason) {
        return new Effect.PublishTransition(
                new Transition(
                        standing.saga(),
                        standing.run(),
                        standing.revision(),
                        standing.time(),
                        in.position(),
                        in.input().kind(),
                        List.of(),
                        Optional.of(reason)));
    }

    /** What a rejection leaves as it is. */
    private record Standing(SagaId saga, long run, long revision, Instant time) {}
}
