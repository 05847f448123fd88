package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one record of the inbox through decode, load, decide and write. The production topology and
 * the simulator run this same code over their own ports.
 *
 * <p>Order per saga is the order of the inbox, always: what cannot be processed yet is kept with
 * its saga, and later inputs queue behind it.
 *
 * @param <P> what {@link BatchWriter} prepares
 */
public final class SagaShell<P> {
    private final InputCodec codec;
    private final Definitions definitions;
    private final SagaRows rows;
    private final BatchWriter<P> writer;
    private final Decider decider;
    private final WaitingInterventions waiting;
    private final LastNet<P> net;

    public SagaShell(
            InputCodec codec, Definitions definitions, SagaRows rows, BatchWriter<P> writer) {
        this.codec = codec;
        this.definitions = definitions;
        this.rows = rows;
        this.writer = writer;
        this.decider = Decider.MACHINE;
        this.waiting = new WaitingInterventions(codec, rows);
        this.net = new LastNet<>(codec, rows, writer);
    }

    /** The same shell around another machine. */
    SagaShell(SagaShell<P> other, Decider decider) {
        this.codec = other.codec;
        this.definitions = other.definitions;
        this.rows = other.rows;
        this.writer = other.writer;
        this.decider = decider;
        this.waiting = other.waiting;
        this.net = other.net;
    }

    /** Takes a record as it comes from the inbox. */
    public void process(RawInput raw) {
        SagaId saga;
        try {
            saga = new SagaId(raw.key());
        } catch (IllegalArgumentException bad) {
            if (!forAll(raw)) {
                write(Plan.deadLetter(raw, "BAD_SAGA_ID", String.valueOf(bad.getMessage())));
            }
            return;
        }
        Optional<QueuedInput> first = rows.firstQueued(saga);
        if (first.isPresent()) {
            behind(saga, raw, first.get());
        } else if (writer.awaitsCommit(saga) && !applied(saga, raw)) {
            keep(saga, raw, "waits for a commit");
        } else {
            take(saga, raw, Optional.empty());
        }
    }

    private void behind(SagaId saga, RawInput raw, QueuedInput first) {
        if (!isAfter(raw, first) || applied(saga, raw)) {
            return;
        }
        keep(saga, raw, "waits behind offset " + first.raw().position().offset());
        if (first.fault().isPresent() && codec.isIntervention(raw) && !writer.awaitsCommit(saga)) {
            pass(saga, first);
        }
    }

    /**
     * Takes a record that is for all sagas of the partition: its key is no saga id.
     *
     * @return whether it is one
     */
    public boolean forAll(RawInput raw) {
        if (!(codec.decode(raw) instanceof InputCodec.Decoded.ForAll all)
                || !raw.key().equals(all.request().subject().key())) {
            return false;
        }
        Pauses pauses = rows.pauses();
        if (!pauses.knows(all.request())) {
            Pauses after = pauses.after(all.request(), raw.position(), raw.timestamp());
            write(new Batch(List.of(new Change.PutPauses(after)), List.of()));
        }
        return true;
    }

    private static boolean isAfter(RawInput raw, QueuedInput other) {
        return !other.raw().position().covers(raw.position());
    }

    private boolean applied(SagaId saga, RawInput raw) {
        return rows.instance(saga).filter(it -> it.position().covers(raw.position())).isPresent();
    }

    /**
     * Hands the inputs kept with a saga in again, oldest first.
     *
     * @param limit how many at most
     * @return whether nothing more of this saga can be handed in now
     */
    public boolean drain(SagaId saga, int limit) {
        for (int i = 0; i < limit; i++) {
            Optional<QueuedInput> first = rows.firstQueued(saga);
            if (first.isEmpty() || writer.awaitsCommit(saga)) {
                return true;
            }
            boolean taken =
                    first.get().fault().isPresent()
                            ? pass(saga, first.get())
                            : take(saga, first.get().raw(), first);
            if (!taken) {
                return true;
            }
        }
        return rows.firstQueued(saga).isEmpty();
    }

    /**
     * {@link #process} has thrown, and written nothing of it: the record is kept, and an incident
     * says so.
     */
    public void isolate(SagaId saga, RawInput raw, RuntimeException broken) {
        net.isolate(saga, raw, broken);
    }

    /**
     * {@link #drain} has thrown, and not while it wrote: the input that did it waits for an
     * operator from now on; an intervention that did it is refused.
     *
     * @param now when, for an incident that no record of the log stands for
     */
    public void isolateHead(SagaId saga, RuntimeException broken, Instant now) {
        Optional<QueuedInput> asking;
        try {
            asking =
                    rows.firstQueued(saga)
                            .filter(it -> it.fault().isPresent())
                            .flatMap(waiting::oldest);
        } catch (UnreadableRowException unreadable) {
            asking = Optional.empty();
        }
        if (asking.isPresent()) {
            answer(asking.get(), Optional.of(Rejection.FAULTED), List.of());
        } else {
            net.isolateHead(saga, broken, now);
        }
    }

    /**
     * Lets the oldest intervention kept past an input that failed; all else waits its turn.
     *
     * @return whether there was one, and it could be taken
     */
    private boolean pass(SagaId saga, QueuedInput failed) {
        Optional<QueuedInput> asking = waiting.oldest(failed);
        if (asking.isEmpty()) {
            return false;
        }
        Optional<SagaInstance> before = net.live(saga, failed);
        if (before.isEmpty()) {
            return passWithoutInstance(asking.get(), failed);
        }
        boolean taken = take(saga, asking.get().raw(), asking);
        Optional<SagaInstance> after = rows.instance(saga);
        boolean accepted = after.filter(it -> hasAccepted(before.get(), it)).isPresent();
        boolean handIn = accepted && (isRetry(asking.get()) || after.get().endedAt().isPresent());
        if (handIn) {
            write(new Batch(List.of(handedInAgain(failed)), List.of()));
        } else if (taken) {
            // Whatever it did, the saga must not be without an incident now.
            var unused = net.live(saga, failed);
        }
        return taken;
    }

    /** Whether the intervention between these was applied. */
    private static boolean hasAccepted(SagaInstance before, SagaInstance after) {
        List<Operation> operations = after.operations();
        return after.revision() > before.revision()
                && operations.get(operations.size() - 1).rejection().isEmpty();
    }

    /** No machine decides for a saga that cannot be read, was never started or has ended. */
    private boolean passWithoutInstance(QueuedInput asking, QueuedInput failed) {
        if (isRetry(asking)) {
            answer(
                    asking,
                    Optional.empty(),
                    List.of(handedInAgain(failed), new Change.ForgetIncident(asking.saga())));
            return true;
        }
        try {
            return take(asking.saga(), asking.raw(), Optional.of(asking));
        } catch (UnreadableRowException unreadable) {
            answer(asking, Optional.of(Rejection.FAULTED), List.of());
            return true;
        }
    }

    private void answer(QueuedInput asking, Optional<Rejection> rejection, List<Change> also) {
        List<Change> changes = new ArrayList<>(also);
        changes.add(new Change.Dequeue(asking));
        Effect answered = new Effect.Answered(asking.saga(), asking.raw().position(), rejection);
        write(new Batch(changes, List.of(answered)));
    }

    private boolean isRetry(QueuedInput kept) {
        return codec.decode(kept.raw()) instanceof InputCodec.Decoded.Readable readable
                && readable.input() instanceof SagaInput.Intervention intervention
                && intervention.request() instanceof InterventionRequest.Retry;
    }

    private static Change handedInAgain(QueuedInput failed) {
        return new Change.Enqueue(
                new QueuedInput(failed.saga(), failed.raw(), "handed in again", Optional.empty()));
    }

    /** Whether the record has been dealt with; if not it is kept. */
    private boolean take(SagaId saga, RawInput raw, Optional<QueuedInput> queued) {
        return switch (codec.decode(raw)) {
            case InputCodec.Decoded.Unreadable bad -> {
                write(dequeued(queued, Plan.deadLetter(raw, bad.code(), bad.reason())));
                yield true;
            }
            case InputCodec.Decoded.ForAll all -> {
                String reason = "Expected the key " + all.request().subject().key();
                write(dequeued(queued, Plan.deadLetter(raw, "BAD_PAUSE", reason)));
                yield true;
            }
            case InputCodec.Decoded.NotYet wait -> kept(saga, raw, queued, wait.reason());
            case InputCodec.Decoded.Readable readable ->
                    input(
                            new Inbound(saga, raw.position(), raw.timestamp(), readable.input()),
                            raw,
                            queued);
        };
    }

    private boolean input(Inbound in, RawInput raw, Optional<QueuedInput> queued) {
        Optional<SagaInstance> instance = rows.instance(in.saga());
        boolean seen =
                queued.isEmpty()
                        && instance.filter(it -> it.position().covers(in.position())).isPresent();
        if (seen) {
            write(Plan.emitAgain(instance.get(), rows.pauses()));
            return true;
        }
        Optional<DefinitionRef> ref = Plan.definitionOf(in, instance);
        if (ref.isEmpty()) {
            Plan.Remains remains = new Plan.Remains(rows.marker(in.saga()), rows.early(in.saga()));
            try {
                write(dequeued(queued, Plan.withoutInstance(in, raw, remains)));
            } catch (NotYetException wait) {
                return kept(in.saga(), raw, queued, String.valueOf(wait.getMessage()));
            }
            return true;
        }
        Optional<SagaDefinition> definition =
                Plan.known(in, instance) ? definitions.find(ref.get()) : Optional.empty();
        if (definition.isEmpty()) {
            return kept(in.saga(), raw, queued, "definition " + ref.get() + " is not here yet");
        }
        Inbound complete = instance.isEmpty() ? in.after(rows.early(in.saga())) : in;
        if (in.leadsTo().isPresent()) {
            Optional<SagaDefinition> target = definitions.find(in.leadsTo().get());
            if (target.isEmpty()) {
                String why = "definition " + in.leadsTo().get() + " is not here yet";
                return kept(in.saga(), raw, queued, why);
            }
            complete = complete.toward(target.get());
        }
        return decide(definition.get(), instance, complete, raw, queued);
    }

    private boolean decide(
            SagaDefinition definition,
            Optional<SagaInstance> instance,
            Inbound in,
            RawInput raw,
            Optional<QueuedInput> queued) {
        P prepared;
        try {
            Optional<Marker> marker =
                    in.input() instanceof SagaInput.Trigger
                            ? rows.marker(in.saga())
                            : Optional.empty();
            Batch batch =
                    Plan.decide(
                            definition,
                            instance,
                            marker,
                            in,
                            () -> decider.decide(definition, instance, in, rows.pauses()));
            prepared = writer.prepare(dequeued(queued, batch));
        } catch (NotYetException wait) {
            return kept(in.saga(), raw, queued, String.valueOf(wait.getMessage()));
        } catch (RuntimeException fault) {
            prepared =
                    refused(in, instance)
                            .map(it -> writer.prepare(dequeued(queued, it)))
                            .orElseGet(
                                    () ->
                                            noted(
                                                    Plan.fault(
                                                            definition, instance, in, raw, fault),
                                                    raw,
                                                    queued));
        }
        writer.commit(prepared);
        return true;
    }

    /**
     * What becomes of an input that throws but is not kept. An operator can ask again, and the
     * incident an intervention was about stays open. A saga that has ended stays as it ended.
     */
    private static Optional<Batch> refused(Inbound in, Optional<SagaInstance> instance) {
        if (instance.flatMap(SagaInstance::endedAt).isPresent()) {
            return Optional.of(Plan.rejected(in, instance.get()));
        }
        return in.input() instanceof SagaInput.Intervention asked
                ? instance.map(it -> Plan.faulted(in, asked, it))
                : Optional.empty();
    }

    /** An input that throws is kept with its saga; if even that cannot be written it is dead. */
    private P noted(Batch fault, RawInput raw, Optional<QueuedInput> queued) {
        try {
            SagaId saga = new SagaId(raw.key());
            if (rows.noted(saga).isEmpty()) {
                return writer.prepare(fault);
            }
            List<Change> changes = new ArrayList<>(fault.changes());
            changes.add(new Change.ForgetIncident(saga));
            return writer.prepare(new Batch(changes, fault.effects()));
        } catch (RuntimeException unwritable) {
            String reason = "its failure could not be noted: " + unwritable;
            return writer.prepare(dequeued(queued, Plan.deadLetter(raw, "FAULT", reason)));
        }
    }

    /** What waited behind another may by now wait for something of its own. */
    private boolean kept(SagaId saga, RawInput raw, Optional<QueuedInput> queued, String why) {
        boolean changed =
                queued.isPresent() ? !queued.get().waitsFor().equals(why) : !applied(saga, raw);
        if (changed) {
            keep(saga, raw, why);
        }
        return false;
    }

    private void keep(SagaId saga, RawInput raw, String why) {
        QueuedInput input = new QueuedInput(saga, raw, why, Optional.empty());
        write(new Batch(List.of(new Change.Enqueue(input)), List.of()));
    }

    private void write(Batch batch) {
        writer.commit(writer.prepare(batch));
    }

    /** What was kept leaves the queue; if it was the oldest, no incident is noted any more. */
    private Batch dequeued(Optional<QueuedInput> queued, Batch batch) {
        if (queued.isEmpty()) {
            return batch;
        }
        List<Change> changes = new ArrayList<>(batch.changes());
        changes.add(new Change.Dequeue(queued.get()));
        SagaId saga = queued.get().saga();
        boolean oldest =
                rows.noted(saga).isPresent()
                        && rows.firstQueued(saga)
                                .map(it -> it.raw().position())
                                .equals(queued.map(it -> it.raw().position()));
        if (oldest) {
            changes.add(new Change.ForgetIncident(saga));
        }
        return new Batch(changes, batch.effects());
    }
}
