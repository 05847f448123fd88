package io.clew.saga.testkit;

import io.clew.saga.Batch;
import io.clew.saga.BatchWriter;
import io.clew.saga.Change;
import io.clew.saga.Command;
import io.clew.saga.CommitFence;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Delivery;
import io.clew.saga.Effect;
import io.clew.saga.InputCodec;
import io.clew.saga.Outstanding;
import io.clew.saga.PauseSubject;
import io.clew.saga.Pauses;
import io.clew.saga.RawInput;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.TopicWatch;
import io.clew.saga.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One owner of the partition with an open transaction: its rows and transitions count only once
 * committed, but its commands are out at once.
 */
final class Owner implements BatchWriter<Batch> {
    /** A transaction is aborted by the broker when it has been open for so long. */
    static final long TRANSACTION_TIMEOUT = 9_000;

    private final World world;
    private final SimulatedStore store;
    private final long startedAt;
    private final SimulatedNode node;
    private final Map<DefinitionRef, Long> definitionsFrom = new HashMap<>();
    private final Set<SimulatedStore.TimerRow> fired = new TreeSet<>();
    private final Set<SimulatedStore.TimerRow> armedAgain = new TreeSet<>();
    private final Set<String> woken = new HashSet<>();
    private List<Published> open = new ArrayList<>();
    private Set<SagaId> touched = new TreeSet<>();
    private long openSince = -1;
    private int cursor;
    private boolean alive = true;
    private boolean zombie;
    private SagaId lastSaga = new SagaId("none:none");
    private boolean mustCommit;
    private long commits;
    private final CommitFence fence = new CommitFence(() -> commits);
    private final TopicWatch watch;
    private long tellsAt;
    private long topicsSeenAt;

    /** A transition with the moment whose environment it was decided in. */
    record Published(Transition transition, Environment.Moment moment) {}

    Owner(World world, String name, SimulatedStore store, int cursor) {
        this.world = world;
        this.store = store;
        this.cursor = cursor;
        this.startedAt = world.now();
        this.topicsSeenAt = startedAt;
        this.watch = new TopicWatch(name, this::sees);
        this.node =
                world.setup()
                        .node()
                        .start(
                                new SimulatedNode.Ports(
                                        this::decode,
                                        this::definition,
                                        this::sees,
                                        store,
                                        this,
                                        world.dice().another()));
    }

    private InputCodec.Decoded decode(RawInput raw) {
        InputCodec.Decoded decoded = world.wire().decode(raw);
        boolean needsSchema =
                decoded instanceof InputCodec.Decoded.Readable readable
                        && (readable.input() instanceof SagaInput.Trigger
                                || readable.input() instanceof SagaInput.Reply);
        if (!needsSchema || !world.environment().registryAway()) {
            return decoded;
        }
        world.fault(SimulatedFault.REGISTRY_AWAY, new SagaId(raw.key()));
        return new InputCodec.Decoded.NotYet("the registry is away");
    }

    /** Seen by each owner only some time after its start. */
    private Optional<SagaDefinition> definition(DefinitionRef ref) {
        long from =
                definitionsFrom.computeIfAbsent(
                        ref,
                        it ->
                                world.faults() && world.dice().chance(0.3)
                                        ? world.now() + world.dice().between(1, 5000)
                                        : 0);
        return world.now() < from
                ? Optional.empty()
                : Optional.ofNullable(world.definitions().get(ref));
    }

    private boolean sees(String topic) {
        return world.environment().there(topic, topicsSeenAt);
    }

    /**
     * Tells its partition what it sees of topics, and asks what it could not send to wait for that.
     * Only now and then: meanwhile it decides as if it had seen nothing.
     */
    void tell() {
        if (!watches() || world.now() < tellsAt) {
            return;
        }
        tellsAt = world.now() + world.dice().between(1, 3000);
        watch.untold(store.pauses()).forEach(world::append);
        for (TopicWatch.Unsent unsent : watch.told(store.pauses())) {
            if (world.dice().chance(0.8)) {
                world.append(unsent.saga(), new SagaInput.TimerFired(unsent.missingSince()));
            }
        }
    }

    /** Whether a topic is missing, or was when it looked last. */
    boolean watches() {
        return watch.isBusy(store.pauses());
    }

    /** It looks at the topics every now and then, unless it is cut off from all others. */
    Environment.Moment moment() {
        if (!zombie && world.dice().chance(0.3)) {
            topicsSeenAt = world.now();
        }
        return new Environment.Moment(world.now(), topicsSeenAt, startedAt);
    }

    boolean alive() {
        return alive;
    }

    void dies() {
        alive = false;
    }

    void becomesZombie() {
        zombie = true;
    }

    boolean isZombie() {
        return zombie;
    }

    /** Whose input it took last. */
    SagaId lastSaga() {
        return lastSaga;
    }

    SimulatedStore store() {
        return store;
    }

    int cursor() {
        return cursor;
    }

    long openSince() {
        return openSince < 0 ? world.now() : openSince;
    }

    boolean hasOpenTransaction() {
        return openSince >= 0;
    }

    boolean transactionIsOld() {
        return hasOpenTransaction() && world.now() - openSince >= TRANSACTION_TIMEOUT - 1000;
    }

    /** Takes the next record, if there is one. */
    boolean step() {
        if (cursor >= world.inbox().size()) {
            return false;
        }
        RawInput raw = world.inbox().get(cursor);
        cursor++;
        begin();
        if (!World.isForAll(raw)) {
            lastSaga = new SagaId(raw.key());
            touched.add(lastSaga);
        }
        node.process(raw);
        return true;
    }

    /** Asks the sagas whose pause is over to go on, each once per revision. */
    void wake() {
        for (SagaInstance saga : List.copyOf(store.instances().values())) {
            boolean over = pauseIsOver(saga, store.pauses());
            if (over && woken.add(saga.id() + "/" + saga.run() + "/" + saga.revision())) {
                world.append(saga.id(), new SagaInput.TimerFired(world.agenda().instant()));
            }
        }
    }

    /** Whether something of it waits for the end of a pause that is over. */
    static boolean pauseIsOver(SagaInstance saga, Pauses pauses) {
        return saga.outstanding().stream()
                        .map(Outstanding::delivery)
                        .anyMatch(it -> isOver(it, pauses))
                || saga.waits().stream()
                        .flatMap(it -> it.pausedBy().stream())
                        .anyMatch(it -> !pauses.lasts(it));
    }

    private static boolean isOver(Delivery delivery, Pauses pauses) {
        return delivery instanceof Delivery.Paused paused && !pauses.lasts(paused.by());
    }

    void drain() {
        for (SagaId saga : List.copyOf(store.queued().keySet())) {
            begin();
            touched.add(saga);
            lastSaga = saga;
            node.drain(saga, 50);
        }
    }

    private void begin() {
        if (openSince < 0) {
            openSince = world.now();
        }
    }

    /**
     * Writes due timers to the inbox, each row once; one that was armed again since it had fired
     * too early waits until it is due. Gives the next instant at which there is one to fire.
     */
    long punctuate(long early) {
        long next = Long.MAX_VALUE;
        fired.retainAll(store.timers());
        for (SimulatedStore.TimerRow row : List.copyOf(store.timers())) {
            long due = Agenda.millis(row.dueAt());
            if (due - early > world.now()) {
                return Math.min(next, due);
            }
            if (armedAgain.contains(row) && due > world.now()) {
                next = Math.min(next, due);
            } else if (fired.add(row)) {
                armedAgain.remove(row);
                world.fire(this, row);
            }
        }
        return next;
    }

    /** A defect: the due timer acts here and now, on no record of the inbox. */
    void actAtOnce(RawInput timer) {
        begin();
        touched.add(new SagaId(timer.key()));
        node.process(timer);
    }

    /**
     * Whether a decision since the last commit hung on what only this owner saw. It commits that
     * soon; a zombie finds itself fenced when it tries.
     */
    boolean mustCommit() {
        return mustCommit;
    }

    List<Published> commitTransaction() {
        mustCommit = false;
        commits++;
        List<Published> done = open;
        open = new ArrayList<>();
        openSince = -1;
        return done;
    }

    private static boolean missesItsTopic(SagaEvent event) {
        return event instanceof SagaEvent.CommandPaused paused
                && paused.delivery().by().kind() == PauseSubject.Kind.TOPIC;
    }

    Set<SagaId> takeTouched() {
        Set<SagaId> taken = touched;
        touched = new TreeSet<>();
        return taken;
    }

    @Override
    public boolean awaitsCommit(SagaId saga) {
        return !world.setup().has(SimulationSetup.Defect.OWN_SIGHT_UNFENCED) && fence.holds(saga);
    }

    @Override
    public Batch prepare(Batch batch) {
        return batch;
    }

    /** Who speaks; a child that is not there has no order to keep. */
    private static SagaId sagaOf(Batch batch) {
        return batch.effects().stream()
                .filter(Effect.PublishTransition.class::isInstance)
                .map(it -> ((Effect.PublishTransition) it).transition().saga())
                .findFirst()
                .orElse(new SagaId("none:none"));
    }

    /** Of a child that is no longer kept nobody knows the result, nor asks for it. */
    private void answer(SagaId child, Effect.AnswerParent answer) {
        if (store.instance(child).isPresent()) {
            world.checks().results().said(answer);
        }
        world.mail().relay().answer(child, answer);
    }

    /** What goes to a topic that this owner knows to be gone is lost, as if sent just before. */
    private void send(Command command) {
        String topic = command.content().topic();
        if (sees(topic)) {
            world.mail().send(command);
        } else {
            watch.unsent(command.saga(), topic);
            world.fault(SimulatedFault.TOPIC_MISSING, command.saga());
        }
    }

    @Override
    public void commit(Batch batch) {
        mustCommit |= fence.note(batch);
        for (Change change : batch.changes()) {
            store.apply(change);
            if (change instanceof Change.PutTimer put) {
                SimulatedStore.TimerRow row = new SimulatedStore.TimerRow(put.dueAt(), put.saga());
                if (fired.remove(row)) {
                    armedAgain.add(row);
                }
            }
        }
        for (Effect effect : batch.effects()) {
            switch (effect) {
                case Effect.SendCommand send -> send(send.command());
                case Effect.PublishTransition publish -> {
                    open.add(new Published(publish.transition(), world.environment().moment()));
                    world.trace(this, publish.transition());
                    if (publish.transition().events().stream().anyMatch(Owner::missesItsTopic)) {
                        world.fault(SimulatedFault.TOPIC_MISSING, publish.transition().saga());
                    }
                }
                case Effect.AnswerParent answer -> answer(sagaOf(batch), answer);
                case Effect.TellChild told -> world.mail().relay().end(told);
                case Effect.Archive ignored -> {}
                case Effect.Answered ignored -> {}
                case Effect.Unclaimed ignored -> {}
                case Effect.DeadLetter ignored -> {}
            }
        }
    }
}
