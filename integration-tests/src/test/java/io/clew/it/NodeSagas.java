package io.clew.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.NodeEnding.Fate;
import io.clew.it.Till.Habits;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import io.clew.participant.CommandDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sagas with each kind of node, for each fate they are to have. They go as far as their nodes and
 * stand there: the till that works inside of them is not open yet.
 */
final class NodeSagas implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ClewSystem clew;
    private final NodeDefinitions definitions;
    private final Till clerk;
    private final Till till;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<One> sagas = new ArrayList<>();

    /** One saga of those. */
    private record One(NodeKind kind, Fate fate, PlacedOrder order) {
        @Override
        public String toString() {
            return kind + " " + fate;
        }
    }

    /**
     * Applies the definitions and opens the clerk's till.
     *
     * @param hasty whether silence is to end the nodes
     */
    NodeSagas(ClewSystem clew, boolean hasty) {
        this.clew = clew;
        String id = UUID.randomUUID().toString().substring(0, 8);
        definitions = new NodeDefinitions(clew, "clerk" + id, "till" + id, hasty);
        clerk = till(definitions.clerk(), Habits.PLAIN);
        till = till(definitions.till(), Habits.PLAIN);
        clerk.announce(definitions.topics());
        clerk.registerOrders("saga.commands");
        till.announce();
        definitions.apply();
        open.add(clerk.work());
    }

    private Till till(String name, Habits habits) {
        return new Till(new TillSaga(clew, name, ""), habits);
    }

    /** Starts a saga of each kind for each fate. */
    void start(Fate... fates) {
        for (NodeKind kind : NodeKind.values()) {
            for (Fate fate : fates) {
                start(new One(kind, fate, order(kind, fate)));
            }
        }
    }

    /**
     * The same, and returns when all stand in their nodes: those that wait for nothing but a time
     * have begun to.
     */
    void startAndStand(Fate... fates) {
        for (NodeKind kind : NodeKind.values()) {
            for (Fate fate : fates) {
                if (kind != NodeKind.DELAY) {
                    start(new One(kind, fate, order(kind, fate)));
                }
            }
        }
        sagas.forEach(this::awaitNode);
        int inside = sagas.stream().mapToInt(it -> it.kind().books().size()).sum();
        Await.until(LIMIT, () -> assertThat(commandsInside().keySet()).hasSize(inside));
        sagas.stream()
                .filter(it -> it.kind() == NodeKind.SAVEPOINT && it.fate() == Fate.REFUSED)
                .forEach(this::turnBack);
        List<One> last = new ArrayList<>();
        for (Fate fate : fates) {
            One one = new One(NodeKind.DELAY, fate, order(NodeKind.DELAY, fate));
            start(one);
            last.add(one);
        }
        last.forEach(this::awaitNode);
    }

    private static PlacedOrder order(NodeKind kind, Fate fate) {
        PlacedOrder order = PlacedOrder.good();
        return switch (fate) {
            case ANSWERED -> order;
            case REFUSED -> order.paidWith(Till.DECLINED);
            case CANCELLED, SILENCE ->
                    kind == NodeKind.DELAY ? order.times(NodeDefinitions.DEAR) : order;
        };
    }

    private void start(One one) {
        sagas.add(one);
        publish(definitions.events(one.kind()), one);
    }

    private void publish(String topic, One one) {
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(topic, List.of(one.order()));
        }
    }

    private void awaitNode(One one) {
        Await.until(
                LIMIT,
                () -> {
                    JsonNode status = status(one);
                    assertThat(names(status.path("done")))
                            .as(one + ": " + status)
                            .contains("before");
                    assertThat(status.path("waitsFor").path(0).path("what").asText())
                            .as(one + ": " + status)
                            .isEqualTo(one.kind().waitsFor());
                });
    }

    /** It is refused after the savepoint, and stands on its way back to it. */
    private void turnBack(One one) {
        List<ConsumerRecord<String, byte[]>> commands =
                commandsInside().values().stream().filter(it -> id(one).equals(it.key())).toList();
        assertThat(commands).hasSize(1);
        deliver(till, commands);
        Await.until(
                LIMIT,
                () -> assertThat(status(one).path("phase").asText()).isEqualTo("COMPENSATING"));
    }

    /**
     * The till does what the nodes ask for, and dies before it has answered: its work is committed,
     * but not that the commands were taken.
     */
    void workAndDie() {
        LostReplies replies = new LostReplies();
        try (Till dying = till(definitions.till(), Habits.PLAIN.replying(replies::before))) {
            deliver(
                    dying,
                    commandsInside().values().stream()
                            .filter(it -> "action".equals(Topic.header(it, "ce_sagadirection")))
                            .toList());
        }
        assertThat(replies.lost()).isPositive();
    }

    private static void deliver(Till till, List<ConsumerRecord<String, byte[]>> commands) {
        try (CommandDelivery byHand = till.delivery()) {
            byHand.deliver(commands.stream().map(Topic::raw).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What has been sent to the till, by identity: attempts of one command are one. */
    private Map<String, ConsumerRecord<String, byte[]>> commandsInside() {
        Map<String, ConsumerRecord<String, byte[]>> commands = new LinkedHashMap<>();
        for (var command : clew.topic().readCommitted(List.of(definitions.till() + ".commands"))) {
            String id = Topic.header(command, "ce_id");
            commands.putIfAbsent(id.substring(0, id.lastIndexOf('/')), command);
        }
        return commands;
    }

    /** Asks for the end of those whose fate that is. */
    void cancel() {
        for (One one : of(Fate.CANCELLED)) {
            Rest.Answer answer =
                    clew.coordinator()
                            .post(
                                    "/sagas/" + id(one) + "/interventions?wait",
                                    "{\"intervention\": \"cancel\"}");
            assertThat(answer.status()).as(one + ": " + answer.text()).isEqualTo(200);
        }
    }

    /** Returns when all have given up waiting. */
    void awaitSilence() {
        for (One one : of(Fate.SILENCE)) {
            Await.until(
                    LIMIT,
                    () ->
                            assertThat(status(one).path("failure").path("code").asText())
                                    .as("%s", one)
                                    .isEqualTo(one.kind().silence()));
        }
    }

    /** Everybody answers who is asked now, and what is awaited comes to those that still wait. */
    void answer() {
        open.add(till.work());
        for (One one : sagas) {
            if (one.fate() == Fate.ANSWERED || one.fate() == Fate.REFUSED) {
                arrive(one);
            }
        }
    }

    private void arrive(One one) {
        if (one.kind() == NodeKind.EVENT) {
            publish(definitions.shipments(), one);
        } else if (one.kind() == NodeKind.SIGNAL) {
            String approval =
                    """
                    {"paymentId": "p", "orderId": "%s", "amount": 1.00, "currency": "EUR",
                     "chargedAt": "2026-01-01T00:00:00Z"}
                    """
                            .formatted(one.order().id());
            Rest.Answer answer =
                    clew.coordinator().post("/sagas/" + id(one) + "/signals/approval", approval);
            assertThat(answer.status()).as(one + ": " + answer.text()).isIn(200, 202);
        }
    }

    private List<One> of(Fate fate) {
        return sagas.stream().filter(it -> it.fate() == fate).toList();
    }

    /** Every saga must end as its fate says. */
    void shouldEndAsTheyMust() {
        Map<String, NodeEnding> expected = new TreeMap<>();
        sagas.forEach(it -> expected.put(it.toString(), NodeEnding.of(it.kind(), it.fate())));
        for (One one : sagas) {
            clew.sagas().awaitPhase(id(one), expected.get(one.toString()).phase());
        }
        Map<String, List<String>> books = new TreeMap<>(clerk.effects());
        books.putAll(till.effects());
        Map<String, NodeEnding> endings = new TreeMap<>();
        sagas.forEach(it -> endings.put(it.toString(), ending(it, books)));
        assertThat(endings).isEqualTo(expected);
        SentCommands.of(clew.topic(), commandTopics(), everySaga()).shouldEachHaveOneContent();
    }

    private NodeEnding ending(One one, Map<String, List<String>> books) {
        JsonNode status = status(one);
        String phase = status.path("phase").asText();
        String prefix = one.order().id() + "-";
        Map<String, List<String>> own = new TreeMap<>();
        books.forEach(
                (order, effects) -> {
                    if (order.startsWith(prefix)) {
                        own.put(order.substring(prefix.length()), effects);
                    }
                });
        return new NodeEnding(
                phase,
                status.path("failure").path("code").asText(),
                phase.equals("COMPLETED") ? names(status.path("done")) : takenBack(one),
                own);
    }

    /** What was taken back, in that order: one thing after the other. */
    private List<String> takenBack(One one) {
        JsonNode timeline = clew.coordinator().get("/sagas/" + id(one) + "/timeline").body();
        List<String> steps = new ArrayList<>();
        for (JsonNode events : timeline.findValues("events")) {
            for (JsonNode event : events) {
                if (event.path("type").asText().equals("CompensationSucceeded")) {
                    steps.add(event.path("step").asText());
                }
            }
        }
        return steps;
    }

    private List<String> commandTopics() {
        return List.of(
                definitions.clerk() + ".commands",
                definitions.till() + ".commands",
                "saga.commands");
    }

    /** Ids of all sagas, those of children too. */
    private Set<String> everySaga() {
        Set<String> ids = new HashSet<>(sagas.stream().map(this::id).collect(toSet()));
        commandsInside().values().forEach(it -> ids.add(it.key()));
        return ids;
    }

    private String id(One one) {
        return definitions.name(one.kind()) + ":" + one.order().id();
    }

    private JsonNode status(One one) {
        return clew.sagas().status(id(one)).body();
    }

    private static List<String> names(JsonNode steps) {
        List<String> names = new ArrayList<>();
        steps.forEach(it -> names.add(it.path("step").asText()));
        return names;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable worker : open) {
            worker.close();
        }
        till.close();
        clerk.close();
    }
}
