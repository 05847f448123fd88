package io.clew.coordinator.query;

import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.ingress.InboxSink;
import io.clew.saga.DefinitionRef;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Rejection;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Migrates all running sagas of a version, over all instances: each looks through the partitions it
 * owns, a part at a time, and puts a checked intervention on the inbox for each saga it finds.
 * Nothing is kept of it anywhere but in the sagas: who was not told that all is done asks again.
 */
public final class BulkMigration {
    private static final int SAGAS_AT_ONCE = 200;
    private static final Duration OUTCOMES = Duration.ofSeconds(10);

    private final EngineView engine;
    private final Peers peers;
    private final SagaQueries queries;
    private final Interventions interventions;
    private final Owners owners;

    /**
     * How sagas are told, and what they say.
     *
     * @param definitions the versions there are
     * @param inbox takes the interventions
     * @param watch hears of their outcomes
     */
    public record Interventions(AppliedDefinitions definitions, InboxSink inbox, SagaWatch watch) {}

    public BulkMigration(
            EngineView engine, Peers peers, SagaQueries queries, Interventions interventions) {
        this.engine = engine;
        this.peers = peers;
        this.queries = queries;
        this.interventions = interventions;
        this.owners = new Owners(engine);
    }

    /**
     * Migrates until all is done or {@code patience} is over; a part that was begun is ended.
     *
     * @param cursor from an earlier answer
     * @throws IllegalArgumentException if the cursor is not one of this order
     */
    public MigrationProgress run(MigrationOrder order, Optional<String> cursor, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        Map<Integer, String> left =
                new TreeMap<>(
                        cursor.map(it -> Cursor.of(order.way(), it))
                                .orElseGet(() -> Cursor.beginning(order.way(), owners.partitions()))
                                .after());
        MigrationTally tally = MigrationTally.NONE;
        boolean moved = engine.partitions() > 0;
        while (moved && !left.isEmpty() && until - System.nanoTime() > 0) {
            Map<Integer, String> before = Map.copyOf(left);
            for (Map.Entry<Optional<URI>, Map<Integer, String>> owner :
                    owners.of(left).entrySet()) {
                MigrationShare share =
                        share(
                                owner.getKey(),
                                new MigrationAsk(order, owner.getValue(), SAGAS_AT_ONCE));
                tally = tally.plus(share.tally());
                left.keySet().removeAll(share.whole());
                left.putAll(share.after());
            }
            moved = !left.equals(before);
        }
        return progress(order, tally, left);
    }

    /** An engine that does not run has no partitions, and nothing is known of any. */
    private MigrationProgress progress(
            MigrationOrder order, MigrationTally tally, Map<Integer, String> left) {
        if (engine.partitions() == 0) {
            throw new EngineView.NotHereException("the engine of this instance does not run");
        }
        return MigrationProgress.of(order, tally, left);
    }

    private MigrationShare share(Optional<URI> owner, MigrationAsk ask) {
        return owner.isPresent()
                ? peers.migrate(owner.get(), ask, OUTCOMES.multipliedBy(2))
                        .orElse(MigrationShare.NONE)
                : local(ask);
    }

    /** This instance's share: what it owns of the partitions, up to a number of sagas. */
    public MigrationShare local(MigrationAsk ask) {
        MigrationOrder order = ask.order();
        Optional<SagaDefinition> to =
                interventions
                        .definitions()
                        .get(order.definition(), order.to())
                        .map(it -> it.compiled().definition());
        if (to.isEmpty()) {
            return MigrationShare.NONE;
        }
        Map<Integer, String> owned = new HashMap<>(ask.after());
        owned.keySet().retainAll(owners.here());
        List<PartitionPage> pages =
                new LocalWalk(engine, new ListAsk(order.filter(), owned, ask.limit()))
                        .pages().stream().filter(page -> !page.standby()).toList();
        Set<Integer> whole = new HashSet<>();
        Map<Integer, String> after = new HashMap<>();
        List<SagaId> sagas = new ArrayList<>();
        for (PartitionPage page : pages) {
            page.lines().forEach(it -> sagas.add(new SagaId(it.saga().sagaId())));
            page.next()
                    .ifPresentOrElse(
                            next -> after.put(page.partition(), next),
                            () -> whole.add(page.partition()));
        }
        return new MigrationShare(whole, after, migrate(order, to.get(), sagas));
    }

    /** A saga that was asked and has yet to say what became of it. */
    private record Asked(SagaId saga, CompletionStage<RecordMetadata> sent) {}

    private MigrationTally migrate(MigrationOrder order, SagaDefinition to, List<SagaId> sagas) {
        MigrationTally tally = MigrationTally.NONE;
        List<Asked> asked = new ArrayList<>();
        for (SagaId saga : sagas) {
            List<String> obstacles = queries.obstacles(saga, to);
            if (!obstacles.isEmpty()) {
                tally = tally.plus(MigrationTally.ofRefused(saga.value(), obstacles));
            } else if (order.dryRun()) {
                tally = tally.plus(MigrationTally.ofMigrated());
            } else {
                asked.add(
                        new Asked(
                                saga,
                                interventions
                                        .inbox()
                                        .intervene(saga, intervention(order, to.ref(), saga))));
            }
        }
        long until = System.nanoTime() + OUTCOMES.toNanos();
        for (Asked each : asked) {
            tally = tally.plus(outcome(each, to.ref(), until));
        }
        return tally;
    }

    private static SagaInput.Intervention intervention(
            MigrationOrder order, DefinitionRef to, SagaId saga) {
        return new SagaInput.Intervention(
                order.operation(saga),
                Optional.empty(),
                Optional.empty(),
                order.actor(),
                order.note(),
                new InterventionRequest.Migrate(to));
    }

    private MigrationTally outcome(Asked asked, DefinitionRef to, long until) {
        try {
            RecordMetadata at =
                    asked.sent().toCompletableFuture().get(left(until), TimeUnit.NANOSECONDS);
            return switch (interventions
                    .watch()
                    .awaitOutcome(at.partition(), at.offset(), Duration.ofNanos(left(until)))) {
                case SagaWatch.Outcome.Unknown ignored -> MigrationTally.ofUnanswered();
                case SagaWatch.Outcome.Applied ignored -> MigrationTally.ofMigrated();
                case SagaWatch.Outcome.Rejected it -> rejected(asked.saga(), to, it.rejection());
            };
        } catch (ExecutionException | TimeoutException lost) {
            return MigrationTally.ofUnanswered();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return MigrationTally.ofUnanswered();
        }
    }

    /** A repeat was migrated by the call before, if it has not been taken back since. */
    private MigrationTally rejected(SagaId saga, DefinitionRef to, Rejection why) {
        boolean migrated = why == Rejection.OPERATION_REPEATED && queries.follows(saga, to);
        return migrated
                ? MigrationTally.ofMigrated()
                : MigrationTally.ofRefused(saga.value(), List.of(why.name()));
    }

    private static long left(long until) {
        return Math.max(1, until - System.nanoTime());
    }
}
