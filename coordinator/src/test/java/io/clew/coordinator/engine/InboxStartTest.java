package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.platform.KafkaBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxStartTest {
    private static final String GROUP = "begins";
    private static final int PARTITIONS = 2;

    @TempDir static Path directory;
    private static KafkaBroker broker;
    private static Admin admin;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start(directory.resolve("kafka"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    private static LiveEngine on(String inbox) throws Exception {
        admin.createTopics(List.of(new NewTopic(inbox, PARTITIONS, (short) 1))).all().get();
        return new LiveEngine(broker.bootstrapServers(), directory, PARTITIONS)
                .with(
                        GROUP,
                        new EngineTopics(inbox, "saga.events", "saga.archive", "saga.dead-letters"),
                        Map.of());
    }

    private static void begin(LiveEngine engine, String topicId) throws Exception {
        new InboxStart(admin, engine.settings(), topicId).ensure();
    }

    private static void commit(String inbox, Map<Integer, Long> offsets) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> all =
                new TreeMap<>((a, b) -> a.partition() - b.partition());
        offsets.forEach(
                (partition, offset) ->
                        all.put(
                                new TopicPartition(inbox, partition),
                                new OffsetAndMetadata(offset)));
        admin.alterConsumerGroupOffsets(GROUP, all).all().get();
    }

    private static Map<Integer, Long> committed(String inbox) throws Exception {
        Map<Integer, Long> offsets = new TreeMap<>();
        admin
                .listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(it -> it.getKey().topic().equals(inbox))
                .forEach(it -> offsets.put(it.getKey().partition(), it.getValue().offset()));
        return offsets;
    }

    @Test
    void shouldBeginOnceAtTheFirstRecord() throws Exception {
        // given
        LiveEngine engine = on("new.inbox");

        // when
        begin(engine, "topic-1");

        // then
        assertThat(committed("new.inbox")).isEqualTo(Map.of(0, 0L, 1, 0L));
        commit("new.inbox", Map.of(0, 5L, 1, 7L));
        begin(engine, "topic-1");
        assertThat(committed("new.inbox")).isEqualTo(Map.of(0, 5L, 1, 7L));
    }

    @Test
    void shouldNotGuessWhereSomeOffsetsAreGone() throws Exception {
        // given
        LiveEngine engine = on("torn.inbox");
        commit("torn.inbox", Map.of(1, 7L));

        // then
        assertThatThrownBy(() -> begin(engine, "topic-1"))
                .isInstanceOf(InboxUnfitException.class)
                .hasMessageContaining("all partitions of torn.inbox or for none");
    }

    @Test
    void shouldTakeNoOffsetOfTheTopicBeforeForAnAdoptedOne() throws Exception {
        // given
        LiveEngine engine = on("adopted.inbox");
        begin(engine, "topic-1");
        commit("adopted.inbox", Map.of(0, 5L, 1, 7L));
        LiveEngine adopting = engine.adopting("topic-2");

        // when
        begin(adopting, "topic-2");

        // then
        assertThat(committed("adopted.inbox")).isEqualTo(Map.of(0, 0L, 1, 0L));
        commit("adopted.inbox", Map.of(0, 3L, 1, 4L));
        begin(adopting, "topic-2");
        assertThat(committed("adopted.inbox")).isEqualTo(Map.of(0, 3L, 1, 4L));
    }
}
