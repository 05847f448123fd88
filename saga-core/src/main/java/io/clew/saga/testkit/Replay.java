package io.clew.saga.testkit;

import io.clew.saga.Batch;
import io.clew.saga.BatchWriter;
import io.clew.saga.Change;
import io.clew.saga.Effect;
import io.clew.saga.InputCodec;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * S8: the whole inbox again, from nothing and by a fresh node to which every schema and definition
 * is there, must give the same rows and the same commands.
 */
final class Replay {
    private final World world;
    private final SimulatedStore store;
    private final Environment environment;
    private final Map<Long, Integer> decisions = new HashMap<>();
    private final Set<World.StoredRow> rows = new HashSet<>();

    Replay(World world) {
        this.world = world;
        this.store = world.setup().store().get();
        this.environment = world.environment();
    }

    void check() {
        environment.allReadable(true);
        SimulatedNode node =
                world.setup()
                        .node()
                        .start(
                                new SimulatedNode.Ports(
                                        this::decode,
                                        ref -> Optional.ofNullable(world.definitions().get(ref)),
                                        topic ->
                                                environment.there(
                                                        topic, environment.moment().topics()),
                                        store,
                                        new Writer(),
                                        world.dice().another()));
        for (RawInput raw : world.inbox()) {
            node.process(raw);
            if (!World.isForAll(raw)) {
                SagaId saga = new SagaId(raw.key());
                node.drain(saga, 100);
                World.rowOf(store, saga).ifPresent(rows::add);
            }
        }
        sameRows();
        if (!world.committed().pauses().equals(store.pauses())) {
            throw new Violation(
                    "S8 replay gives the same state",
                    "pauses were " + world.committed().pauses() + " and are " + store.pauses());
        }
        same("instance", world.committed().instances(), store.instances());
        same("marker", world.committed().markers(), store.markers());
        same("kept input", world.committed().queued(), store.queued());
        if (!world.committed().timers().equals(store.timers())) {
            throw new Violation(
                    "S8 replay gives the same state",
                    "timers were " + world.committed().timers() + " and are " + store.timers());
        }
        sameToTheByte();
    }

    /** Every row that was committed is written again, byte for byte. */
    private void sameRows() {
        for (World.StoredRow row : world.rows()) {
            boolean other =
                    rows.stream()
                            .anyMatch(
                                    it ->
                                            it.saga().equals(row.saga())
                                                    && it.run() == row.run()
                                                    && it.revision() == row.revision());
            if (other && !rows.contains(row)) {
                throw new Violation("S8 replay gives the same rows", row.saga(), "not " + row);
            }
        }
    }

    private void sameToTheByte() {
        SortedMap<String, Object> was = world.committed().contents();
        SortedMap<String, Object> is = store.contents();
        SortedSet<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        for (String key : keys) {
            if (!Objects.equals(was.get(key), is.get(key))) {
                throw new Violation(
                        "S8 replay gives the same rows",
                        key + " was " + was.get(key) + " and is " + is.get(key));
            }
        }
    }

    private InputCodec.Decoded decode(RawInput raw) {
        long offset = raw.position().offset();
        List<Environment.Moment> moments = world.moments().getOrDefault(offset, List.of());
        int index = Math.min(decisions.getOrDefault(offset, 0), moments.size() - 1);
        if (index >= 0) {
            environment.moment(moments.get(index));
        }
        return world.wire().decode(raw);
    }

    private static <T> void same(String what, Map<SagaId, T> was, Map<SagaId, T> is) {
        for (Map.Entry<SagaId, T> entry : was.entrySet()) {
            T again = is.get(entry.getKey());
            if (!entry.getValue().equals(again)) {
                throw new Violation(
                        "S8 replay gives the same state",
                        entry.getKey(),
                        what + " was " + entry.getValue() + " and is " + again);
            }
        }
        for (SagaId id : is.keySet()) {
            if (!was.containsKey(id)) {
                throw new Violation(
                        "S8 replay gives the same state", id, "was no " + what + " but is now");
            }
        }
    }

    private final class Writer implements BatchWriter<Batch> {
        @Override
        public Batch prepare(Batch batch) {
            return batch;
        }

        @Override
        public boolean awaitsCommit(SagaId saga) {
            return false;
        }

        @Override
        public void commit(Batch batch) {
            for (Change change : batch.changes()) {
                store.apply(change);
            }
            for (Effect effect : batch.effects()) {
                switch (effect) {
                    case Effect.SendCommand send ->
                            world.checks()
                                    .sent(send.command(), world.wire().encode(send.command()));
                    case Effect.PublishTransition publish ->
                            decisions.merge(publish.transition().cause().offset(), 1, Integer::sum);
                    case Effect.AnswerParent ignored -> {}
                    case Effect.TellChild ignored -> {}
                    case Effect.Archive ignored -> {}
                    case Effect.Answered ignored -> {}
                    case Effect.Unclaimed ignored -> {}
                    case Effect.DeadLetter ignored -> {}
                }
            }
        }
    }
}
