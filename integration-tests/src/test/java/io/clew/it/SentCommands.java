package io.clew.it;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Every sending of the commands of some sagas, and which of them aborted transactions have left.
 *
 * @param byId all sendings of each command id
 * @param aborted those no committed reader sees
 */
record SentCommands(
        Map<String, List<ConsumerRecord<String, byte[]>>> byId,
        List<ConsumerRecord<String, byte[]>> aborted) {

    static SentCommands of(Topic topic, List<String> topics, Set<String> sagas) {
        List<ConsumerRecord<String, byte[]>> all = ofSagas(topic.readUncommitted(topics), sagas);
        Set<String> committed = new HashSet<>();
        topic.readCommitted(topics).forEach(it -> committed.add(place(it)));
        return new SentCommands(
                all.stream().collect(groupingBy(it -> Topic.header(it, "ce_id"))),
                all.stream().filter(it -> !committed.contains(place(it))).toList());
    }

    private static List<ConsumerRecord<String, byte[]>> ofSagas(
            List<ConsumerRecord<String, byte[]>> records, Set<String> sagas) {
        // What sagas answer each other stands among commands to them, and has no id.
        return records.stream()
                .filter(it -> sagas.contains(it.key()))
                .filter(it -> !Topic.header(it, "ce_id").isEmpty())
                .toList();
    }

    private static String place(ConsumerRecord<String, byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /** Commands that were sent more than once under one id. */
    List<String> sentAgain() {
        return byId.keySet().stream().filter(it -> byId.get(it).size() > 1).toList();
    }

    /** A command id names one value and one set of {@code ce_} headers, for ever. */
    void shouldEachHaveOneContent() {
        byId.forEach(
                (id, records) -> {
                    Set<String> contents = new HashSet<>();
                    records.forEach(it -> contents.add(content(it)));
                    assertThat(contents).as(id).hasSize(1);
                });
    }

    private static String content(ConsumerRecord<String, byte[]> record) {
        return Arrays.toString(record.value()) + Topic.cloudEventHeaders(record);
    }

    /** Whoever executed a command of an aborted transaction executed what was committed later. */
    void abortedShouldHaveBeenCommittedUnchanged() {
        for (ConsumerRecord<String, byte[]> record : aborted) {
            assertThat(committedAs(record).stream().map(SentCommands::content).toList())
                    .as("committed sendings of " + Topic.header(record, "ce_id"))
                    .contains(content(record));
        }
    }

    private List<ConsumerRecord<String, byte[]>> committedAs(
            ConsumerRecord<String, byte[]> record) {
        return byId.get(Topic.header(record, "ce_id")).stream()
                .filter(it -> aborted.stream().noneMatch(left -> place(left).equals(place(it))))
                .toList();
    }

    /**
     * Ids of aborted commands that were executed all the same: answered before they were sent under
     * a commit, or answered for each of their sendings.
     */
    List<String> abortedButExecuted(Topic topic) {
        Map<String, List<ConsumerRecord<String, byte[]>>> replies =
                topic.readUncommitted(List.of("saga.inbox")).stream()
                        .filter(it -> "reply".equals(Topic.header(it, "ce_sagakind")))
                        .collect(groupingBy(SentCommands::answered));
        List<String> executed = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : aborted) {
            String id = Topic.header(record, "ce_id");
            List<ConsumerRecord<String, byte[]>> answers = replies.getOrDefault(id, List.of());
            boolean twice = answers.size() > committedAs(record).size();
            boolean before =
                    committedAs(record).stream()
                            .anyMatch(
                                    again ->
                                            answers.stream()
                                                    .anyMatch(
                                                            it ->
                                                                    it.timestamp()
                                                                            < again.timestamp()));
            if (twice || before) {
                executed.add(id);
            }
        }
        return executed;
    }

    /** Id of the command a reply answers. */
    private static String answered(ConsumerRecord<String, byte[]> reply) {
        return String.join(
                "/",
                Topic.header(reply, "ce_sagaid"),
                Topic.header(reply, "ce_sagarun"),
                Topic.header(reply, "ce_sagastep"),
                Topic.header(reply, "ce_sagadirection"),
                Topic.header(reply, "ce_sagaexecution"),
                Topic.header(reply, "ce_sagaattempt"));
    }
}
