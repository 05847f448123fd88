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
        for (Outstanding command : saga.outstanding()) {
            boolean again =
                    saga.pausedAt().isEmpty()
                            && command.delivery() instanceof Delivery.Sent
                            && pauses.holding(name, command.command()).isEmpty();
            if (again) {
                effects.add(new Effect.SendCommand(saga.commandOf(command, command.attempt())));
            }
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

    /** What may be there of a saga without an instance. */
    record Remains(Optional<Marker> marker, Optional<Early> early) {}

    /** An input for a saga that is over, or has not started. */
    static Batch withoutInstance(Inbound in, RawInput raw, Remains remains) {
        if (in.input() instanceof SagaInput.TimerFired fired) {
            return expire(in, fired, remains);
        }
        Optional<Marker> marker =
                remains.marker().filter(it -> it.expiresAt().isAfter(in.timestamp()));
        if (in.input() instanceof SagaInput.Arrived arrived && marker.isEmpty()) {
            return early(in, raw, arrived.arrival(), remains.early());
        }
        if (in.input() instanceof SagaInput.TakeBack ask) {
            return notThere(in, ask, marker);
        }
        if (in.input() instanceof SagaInput.ParentEnded && remains.marker().isEmpty()) {
            // The child was never started, or is no longer kept.
            return new Batch(List.of(), List.of());
        }
        if (remains.marker().isPresent()) {
            Effect ended = rejection(in, remains.marker().get(), Rejection.SAGA_ENDED);
            return new Batch(List.of(), List.of(ended));
        }
        return deadLetter(
                raw,
                "UNKNOWN_SAGA",
                "no saga " + in.saga() + " is known, so its " + in.input().kind() + " fits none");
    }

    /** Nothing is there of the child: it never started, or it is over. */
    private static Batch notThere(Inbound in, SagaInput.TakeBack ask, Optional<Marker> marker) {
        List<Effect> effects = new ArrayList<>();
        marker.map(it -> rejection(in, it, Rejection.SAGA_ENDED)).ifPresent(effects::add);
        SagaInput.Reply answer = AsChild.answer(ask, marker.map(Marker::outcome));
        effects.add(new Effect.AnswerParent(ask.parent(), answer));
        return new Batch(List.of(), effects);
    }

    private static Batch early(Inbound in, RawInput raw, Arrival arrival, Optional<Early> before) {
        Optional<Early> after = Early.with(before, in.saga(), arrival, in.timestamp());
        if (after.isEmpty()) {
            String reason = Arrivals.HELD + " are held for a saga that has not started";
            return deadLetter(raw, "TOO_MANY_HELD", reason);
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.PutEarly(after.get()));
        if (before.isEmpty()) {
            changes.add(new Change.PutTimer(in.saga(), after.get().until()));
        }
        return new Batch(changes, List.of());
    }

    private static Batch expire(Inbound in, SagaInput.TimerFired fired, Remains remains) {
        List<Change> changes = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        changes.add(new Change.DeleteTimer(in.saga(), fired.dueAt()));
        remains.marker()
                .ifPresent(
                        it -> {
                            if (isDue(fired, it.expiresAt(), in)) {
                                forget(it, changes);
                            } else {
                                changes.add(new Change.PutTimer(in.saga(), it.expiresAt()));
                            }
                        });
        remains.early()
                .ifPresent(
                        it -> {
                            if (isDue(fired, it.until(), in)) {
                                forget(it, changes);
                                unclaimed(in.saga(), it.arrivals(), effects);
                            } else {
                                changes.add(new Change.PutTimer(in.saga(), it.until()));
                            }
                        });
        return new Batch(changes, effects);
    }

    /** Not the timer of its instance, read again, however near it lies. */
    private static boolean isDue(SagaInput.TimerFired fired, Instant due, Inbound in) {
        return fired.dueAt().equals(due) && !due.isAfter(in.timestamp().plusSeconds(1));
    }

    private static void forget(Early early, List<Change> changes) {
        changes.add(new Change.DeleteEarly(early.id()));
        changes.add(new Change.DeleteTimer(early.id(), early.until()));
    }

    private static void unclaimed(SagaId saga, List<Arrival> held, List<Effect> effects) {
        for (Arrival arrival : held) {
            String reason = "nothing has taken " + arrival.id() + " of " + arrival.channel();
            effects.add(new Effect.Unclaimed(saga, arrival, reason));
        }
    }

    static Batch decide(
            SagaDefinition definition,
            Optional<SagaInstance> instance,
            Optional<Marker> marker,
            Inbound in,
            Supplier<Decision> decider) {
        boolean taken = marker.filter(it -> it.expiresAt().isAfter(in.timestamp())).isPresent();
        if (instance.isEmpty() && taken) {
            return taken(in, marker.get());
        }
        return of(definition, instance, in, decider.get(), marker);
    }

    /** A parent that asks is told what became of its child. */
    private static Batch taken(Inbound in, Marker marker) {
        List<Effect> effects = new ArrayList<>();
        effects.add(rejection(in, marker, Rejection.KEY_TAKEN));
        if (in.input() instanceof SagaInput.Trigger trigger) {
            trigger.call()
                    .map(
                            it ->
                                    new Effect.AnswerParent(
                                            it.parent(), AsChild.answer(it, marker.outcome())))
                    .ifPresent(effects::add);
        }
        return new Batch(List.of(), effects);
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
                new SagaEvent.IncidentRaised(Incident.ofInput(kind, raw.position(), what, now));
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
                in.early().ifPresent(it -> forget(it, changes));
                applied(before, applied, changes, effects);
                SagaDefinition followed =
                        in.target()
                                .filter(it -> it.ref().equals(applied.after().definition()))
                                .orElse(definition);
                tellKin(followed, before, applied.after(), effects);
                marker.ifPresent(it -> changes.add(new Change.DeleteMarker(it.id())));
            }
            case Decision.Rejected rejected -> {
                SagaInstance saga = before.orElseThrow();
                effects.add(rejection(in, saga, rejected.reason()));
                AsChild.answer(saga, in, rejected.reason())
                        .ifPresent(it -> effects.add(answer(saga, it)));
            }
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
        if (endsNow(before, after)) {
            effects.add(new Effect.Archive(after));
            unclaimed(after.id(), after.arrivals().held(), effects);
        }
    }

    /** A child tells its parent what has become of it, a parent its children that it has ended. */
    private static void tellKin(
            SagaDefinition definition,
            Optional<SagaInstance> before,
            SagaInstance after,
            List<Effect> effects) {
        Optional<SagaInput.Reply> word = AsChild.word(after);
        if (word.isPresent() && !before.flatMap(AsChild::word).equals(word)) {
            effects.add(answer(after, word.get()));
        }
        if (endsNow(before, after)) {
            effects.addAll(ChildSagas.endTold(definition, after));
        }
    }

    private static Effect answer(SagaInstance child, SagaInput.Reply reply) {
        return new Effect.AnswerParent(child.childOf().orElseThrow().parent(), reply);
    }

    private static boolean endsNow(Optional<SagaInstance> before, SagaInstance after) {
        return after.phase().ended() && !before.filter(it -> it.phase().ended()).isPresent();
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
