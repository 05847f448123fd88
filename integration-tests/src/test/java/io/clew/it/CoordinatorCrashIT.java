package io.clew.it;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.Commands;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Sagas;
import io.clew.participant.ParticipantWorker;
import io.clew.platform.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Coordinators die and freeze under load; nothing is lost and nothing happens twice. */
class CoordinatorCrashIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration TEN_COMMITS = Duration.ofSeconds(1);

    private final ClewSystem clew = ClewSystem.shared();
    private final TillSaga tillSaga = TillSaga.patient(clew);
    private final Till till = new Till(tillSaga);
    private final Load load = new Load(clew, tillSaga);
    private final List<ParticipantWorker> workers = new ArrayList<>();

    @BeforeEach
    void openTheTill() {
        tillSaga.apply(till);
        workers.add(till.work());
    }

    @AfterEach
    void closeTheTill() {
        workers.forEach(ParticipantWorker::close);
        till.close();
    }

    @Test
    void shouldLoseNothingWhenTheOnlyCoordinatorIsKilledUnderLoad() {
        // given
        Part coordinator = clew.coordinatorApp(0);

        // when
        load.place(
                200,
                100,
                () -> {
                    freezeInATransaction(coordinator);
                    coordinator.kill();
                    try {
                        load.shouldBeUnderWay();
                    } finally {
                        coordinator.start();
                    }
                });

        // then
        shouldAllHaveHappenedOnce(clew.sagas());
        assertThat(sent().sentAgain()).isNotEmpty();
    }

    @Test
    void shouldAnswerAndFinishEverythingWhenOneOfTwoIsKilled() {
        // given
        try (Part second = clew.startSecondCoordinator()) {
            clew.awaitBothOwnPartitions();
            try {
                // when
                load.place(
                        200,
                        100,
                        () -> {
                            freezeInATransaction(clew.coordinatorApp(0));
                            clew.coordinatorApp(0).kill();
                            load.shouldBeUnderWay();
                        });

                // then
                assertThat(second.isAlive()).isTrue();
                shouldAllHaveHappenedOnce(new Sagas(clew.coordinator(1)));
            } finally {
                clew.coordinatorApp(0).start();
            }
        }
    }

    @Test
    void shouldMakeTheSameCommandsWhenATransactionWasAbortedAfterTheyWereExecuted() {
        // given: two coordinators, the first frozen in the middle of its transactions
        try (Part second = clew.startSecondCoordinator()) {
            clew.awaitBothOwnPartitions();
            Sagas sagas = new Sagas(clew.coordinator(1));
            try {
                load.place(
                        400,
                        200,
                        () -> {
                            freezeInATransaction(clew.coordinatorApp(0));
                            load.shouldBeUnderWay();
                        });

                // when: the session and the transaction of the frozen one time out, the other
                // takes over
                load.sagas().forEach(it -> sagas.awaitPhase(it, "COMPLETED", LIMIT));
            } finally {
                clew.coordinatorApp(0).resume();
            }

            // then
            assertThat(second.isAlive()).isTrue();
            shouldAllHaveHappenedOnce(sagas);
            Await.until(
                    Duration.ofSeconds(30), () -> sent().abortedShouldHaveBeenCommittedUnchanged());
            SentCommands sent = sent();
            List<String> executed = sent.abortedButExecuted(clew.topic());
            System.out.printf(
                    "commands of aborted transactions: %d, of which executed: %d%n",
                    sent.aborted().size(), executed.size());
            assertThat(executed).isNotEmpty();
            clew.coordinatorApp(0).awaitReady();
        }
    }

    /** Not between two: commands stand on their topics that are not committed, and stay so. */
    private void freezeInATransaction(Part coordinator) {
        Await.until(
                LIMIT,
                () -> {
                    coordinator.suspend();
                    if (commitsAllThereIs()) {
                        coordinator.resume();
                        throw new AssertionError("frozen between two transactions");
                    }
                });
    }

    private boolean commitsAllThereIs() {
        Map<TopicPartition, Long> sent = clew.topic().ends("read_uncommitted", topics());
        try {
            Await.until(
                    TEN_COMMITS,
                    () -> {
                        var committed = clew.topic().ends("read_committed", topics());
                        assertThat(sent)
                                .allSatisfy(
                                        (partition, end) ->
                                                assertThat(committed.get(partition))
                                                        .isGreaterThanOrEqualTo(end));
                    });
            return true;
        } catch (AssertionError open) {
            return false;
        }
    }

    private void shouldAllHaveHappenedOnce(Sagas sagas) {
        load.sagas().forEach(it -> sagas.awaitPhase(it, "COMPLETED", LIMIT));
        for (PlacedOrder order : load.orders()) {
            assertThat(clew.ledger().of(order.id())).isEqualTo(Books.SHIPPED);
        }
        assertThat(till.effects()).isEqualTo(onceEach(load.tillOrders()));
        SentCommands sent = sent();
        assertThat(sent.byId())
                .hasSizeGreaterThanOrEqualTo(
                        load.orders().size() * 4 + load.tillOrders().size() * 2);
        sent.shouldEachHaveOneContent();
    }

    private static Map<String, List<String>> onceEach(List<PlacedOrder> orders) {
        return orders.stream().collect(toMap(PlacedOrder::id, it -> List.of("CHARGED")));
    }

    private SentCommands sent() {
        return SentCommands.of(clew.topic(), topics(), load.sagas());
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>(Commands.TOPICS);
        topics.add(tillSaga.commandTopic());
        return topics;
    }
}
