package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one instance: checks the inbox, then runs the topology until it is closed. */
public final class SagaEngine implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SagaEngine.class);
    private static final Duration FIRST_TOPICS = Duration.ofSeconds(15);
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final EngineSettings settings;
    private final EngineInputs inputs;
    private final IntSupplier transitionSchemaId;
    private final EngineMetrics metrics = new EngineMetrics();
    private final PartitionProgress progress = new PartitionProgress();
    private final RestartBudget restarts = new RestartBudget(metrics);
    private volatile @Nullable Running running;
    private volatile boolean refused;

    /**
     * @param transitionSchemaId registers the schema of transitions and gives its id; may block,
     *     and may throw while the registry is away
     */
    public SagaEngine(
            EngineSettings settings, EngineInputs inputs, IntSupplier transitionSchemaId) {
        this.settings = settings;
        this.inputs = inputs;
        this.transitionSchemaId = transitionSchemaId;
    }

    /** What lives from start to close. */
    private record Running(
            Admin admin,
            TopicCache topics,
            KafkaInboxSender sender,
            OpenTransactions transactions,
            OwnTopics own,
            LocalStores stores,
            KafkaStreams streams,
            Share share) {

        void close() {
            streams.close(
                    CloseOptions.groupMembershipOperation(
                                    CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                            .withTimeout(CLOSING));
            own.close();
            transactions.close();
            sender.close();
            topics.close();
            admin.close(Duration.ofSeconds(2));
        }
    }

    /**
     * Starts, or throws and can be called again.
     *
     * @throws InboxUnfitException if the inbox is not what sagas need
     */
    public synchronized void start()
            throws ExecutionException, InterruptedException, TimeoutException {
        if (running != null) {
            return;
        }
        Admin admin = Admin.create(adminConfig());
        try {
            new TopicMaker(admin, settings).make();
            String topicId = new InboxCheck(admin, settings).topicId();
            int schemaId = transitionSchemaId.getAsInt();
            new InboxStart(admin, settings, topicId).ensure();
            run(admin, topicId, schemaId);
        } catch (ExecutionException
                | InterruptedException
                | TimeoutException
                | RuntimeException failed) {
            if (running == null) {
                admin.close(Duration.ZERO);
            }
            throw failed;
        }
    }

    private void run(Admin admin, String topicId, int schemaId)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicCache topics = new TopicCache(admin);
        try {
            topics.start(FIRST_TOPICS);
        } catch (ExecutionException | TimeoutException away) {
            topics.close();
            throw away;
        }
        KafkaInboxSender sender = new KafkaInboxSender(settings);
        CountedCommits commits = new CountedCommits();
        EngineParts parts =
                new EngineParts(
                        settings,
                        topicId,
                        schemaId,
                        inputs.definitions(),
                        topics,
                        inputs.schemas(),
                        inputs.tokens(),
                        sender,
                        inputs.listener(),
                        commits,
                        progress,
                        metrics,
                        this::refused);
        LocalStores stores = new LocalStores();
        KafkaStreams streams =
                new KafkaStreams(
                        SagaTopology.of(parts, stores), StreamsSettings.of(settings), commits);
        streams.setUncaughtExceptionHandler(restarts);
        streams.setGlobalStateRestoreListener(new Restores(metrics, System::nanoTime));
        OpenTransactions transactions = new OpenTransactions(admin, settings);
        OwnTopics own = new OwnTopics(admin, settings.topics(), topicId, this::regulate);
        refused = false;
        Share share = new Share(streams, progress, settings);
        begin(new Running(admin, topics, sender, transactions, own, stores, streams, share));
    }

    /** What cannot begin, because a row's file cannot be opened on a full disk, can try again. */
    private void begin(Running next) {
        running = next;
        try {
            next.transactions().start();
            next.own().start();
            next.streams().start();
        } catch (RuntimeException failed) {
            running = null;
            next.close();
            throw failed;
        }
    }

    /** A partition refuses its inbox: nothing is processed until an operator has decided. */
    private void refused() {
        refused = true;
        regulate();
    }

    /** Lets Kafka Streams process, or not. */
    private void regulate() {
        Running now = running;
        if (now == null) {
            return;
        }
        boolean stop = refused || !now.own().faults().isEmpty();
        if (stop) {
            now.streams().pause();
        } else if (now.streams().isPaused()) {
            LOGGER.info("The engine's topics are back: it goes on");
            now.streams().resume();
        }
    }

    private Map<String, Object> adminConfig() {
        Map<String, Object> config = new HashMap<>(settings.overrides());
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-engine");
        return config;
    }

    public EngineHealth health() {
        Running now = running;
        if (now == null) {
            return new EngineHealth(
                    KafkaStreams.State.CREATED, List.of("the engine has not started"));
        }
        List<String> faults = new ArrayList<>();
        KafkaStreams.State state = now.streams().state();
        if (!state.isRunningOrRebalancing()) {
            faults.add(
                    "Kafka Streams is " + state + restarts.last().map(it -> ": " + it).orElse(""));
        }
        progress.all().values().stream()
                .flatMap(at -> at.refusal().stream())
                .distinct()
                .forEach(faults::add);
        faults.addAll(now.own().faults());
        if (!now.transactions().frozen().isEmpty()) {
            faults.add(
                    "a foreign transaction is open on partitions "
                            + now.transactions().frozen()
                            + (" of " + settings.topics().inbox()));
        }
        return new EngineHealth(state, faults);
    }

    /**
     * What keeps this instance from its share of the partitions; empty once it owns some, or there
     * are none to be had, and all rows here are near the newest.
     */
    public Optional<String> waitsForShare() {
        Running now = running;
        return now == null ? Optional.of("the engine has not started") : now.share().waitsFor();
    }

    public EngineMetrics metrics() {
        return metrics;
    }

    public PartitionProgress progress() {
        return progress;
    }

    /**
     * Reads what is stored.
     *
     * @throws IllegalStateException if the engine does not run
     */
    public SagaReader reader() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("Expected the engine to run but it has not started");
        }
        return new SagaReader(now.streams(), now.stores(), settings, progress);
    }

    @Override
    public synchronized void close() {
        Running now = running;
        running = null;
        if (now != null) {
            now.close();
        }
    }
}
