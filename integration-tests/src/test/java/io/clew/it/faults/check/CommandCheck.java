package io.clew.it.faults.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.it.faults.load.Errands;
import io.clew.it.faults.load.Liar;
import io.clew.it.system.Commands;
import io.clew.it.system.Topic;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whether each command id names one content and each execution has one answer, and which commands
 * of aborted transactions ran.
 */
public final class CommandCheck {
    private static final Set<String> FINAL = Set.of("succeeded", "failed");

    /** All that commands stand on; on the last, which is children's, other records do, too. */
    public static final List<String> TOPICS =
            Stream.concat(Commands.TOPICS.stream(), Stream.of(Errands.COMMANDS, "saga.commands"))
                    .toList();

    private final Consumer<Finding> findings;
    private final Map<String, BitSet> committed = new HashMap<>();
    private final Set<String> sent = new HashSet<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Long> answered = new HashMap<>();
    private final Map<String, Integer> answers = new HashMap<>();
    private final Map<String, Long> repeated = new HashMap<>();
    private int aborted;

    /**
     * A command whose first record belongs to an aborted transaction and was executed before it was
     * sent once more; in epoch milliseconds.
     */
    public record Repeat(long sentAt, long repeatedAt) {}

    /**
     * The first record of a command id.
     *
     * @param content digest of key, value and {@code ce_} headers
     * @param isAborted whether its transaction was
     * @param at when it was sent, in epoch milliseconds
     */
    private record Seen(long content, boolean isAborted, long at) {}

    public CommandCheck(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** Reads every command topic and the inbox; no transaction may be open any more. */
    static CommandCheck read(String bootstrap, Consumer<Finding> findings) {
        CommandCheck check = new CommandCheck(findings);
        String[] topics = TOPICS.toArray(String[]::new);
        try (Replay committed = Replay.committed(bootstrap, topics);
                Replay all = Replay.uncommitted(bootstrap, topics);
                Replay inbox = Replay.committed(bootstrap, "saga.inbox")) {
            committed.catchUp(check::committed);
            all.catchUp(check::any);
            inbox.catchUp(check::reply);
        }
        return check;
    }

    /** Answers of children and ends of parents are none. */
    private static boolean isCommand(ConsumerRecord<byte[], byte[]> record) {
        return Topic.header(record, "ce_sagakind").isEmpty();
    }

    /** Takes the next committed record of a command topic; these come before all others. */
    public void committed(ConsumerRecord<byte[], byte[]> record) {
        committed
                .computeIfAbsent(record.topic() + record.partition(), one -> new BitSet())
                .set((int) record.offset());
        if (!isCommand(record)) {
            return;
        }
        String id = Topic.header(record, "ce_id");
        sent.add(id.substring(0, id.lastIndexOf('/')));
    }

    /** Takes the next record of a command topic, whatever became of its transaction. */
    public void any(ConsumerRecord<byte[], byte[]> record) {
        boolean isAborted =
                !committed
                        .getOrDefault(record.topic() + record.partition(), new BitSet())
                        .get((int) record.offset());
        if (!isCommand(record)) {
            return;
        }
        aborted += isAborted ? 1 : 0;
        String id = Topic.header(record, "ce_id");
        long content = digest(record);
        Seen next = new Seen(content, isAborted, record.timestamp());
        Seen first = seen.putIfAbsent(id, next);
        if (first == null) {
            return;
        }
        if (first.isAborted()) {
            repeated.putIfAbsent(id, record.timestamp());
        }
        if (first.content() != content) {
            findings.accept(
                    new Finding(
                            Finding.Kind.WRONG,
                            Topic.header(record, "ce_sagaid"),
                            "command %s has two contents, one at %s-%d@%d"
                                    .formatted(
                                            id,
                                            record.topic(),
                                            record.partition(),
                                            record.offset())));
        }
    }

    /** Takes the next committed record of the inbox. */
    public void reply(ConsumerRecord<byte[], byte[]> record) {
        boolean isFinal = FINAL.contains(Topic.header(record, "ce_sagaoutcome"));
        if (!isFinal || Topic.header(record, "ce_source").equals(Liar.SOURCE)) {
            return;
        }
        String execution =
                String.join(
                        "/",
                        Topic.header(record, "ce_sagaid"),
                        Topic.header(record, "ce_sagarun"),
                        Topic.header(record, "ce_sagastep"),
                        Topic.header(record, "ce_sagadirection"),
                        Topic.header(record, "ce_sagaexecution"));
        String id = execution + "/" + Topic.header(record, "ce_sagaattempt");
        answered.merge(id, record.timestamp(), Math::min);
        Integer before = answers.putIfAbsent(execution, answer(record));
        if (before != null && before != answer(record)) {
            findings.accept(
                    new Finding(
                            Finding.Kind.DOUBLED,
                            Topic.header(record, "ce_sagaid"),
                            "%s is answered in two ways, once at %s-%d@%d"
                                    .formatted(
                                            execution,
                                            record.topic(),
                                            record.partition(),
                                            record.offset())));
        }
    }

    /** An effect that comes twice has another answer, such as another id of the payment. */
    private static int answer(ConsumerRecord<byte[], byte[]> record) {
        return Objects.hash(
                Topic.header(record, "ce_sagaoutcome"),
                Topic.header(record, "ce_sagacode"),
                Arrays.hashCode(record.value()));
    }

    private static long digest(ConsumerRecord<byte[], byte[]> record) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(record.key());
            new TreeMap<>(Topic.cloudEventHeaders(record))
                    .forEach(
                            (name, value) ->
                                    digest.update((name + "=" + value + "\n").getBytes(UTF_8)));
            if (record.value() != null) {
                digest.update(record.value());
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything a story decided stands committed on a command topic. */
    void check(SagaStory story) {
        for (String what : story.decided()) {
            if (!sent.contains(story.sagaId() + "/" + story.run() + "/" + what)) {
                findings.accept(
                        new Finding(Finding.Kind.WRONG, story.sagaId(), what + " was never sent"));
            }
        }
    }

    public int ids() {
        return seen.size();
    }

    /** Records of aborted transactions on the command topics. */
    public int aborted() {
        return aborted;
    }

    /**
     * Every command whose first record belongs to an aborted transaction and that was answered
     * before it was sent again: a participant that reads uncommitted has taken that very record. An
     * answer in the millisecond of the repeat is none to tell by.
     */
    public List<Repeat> abortedButExecuted() {
        List<Repeat> repeats = new ArrayList<>();
        repeated.forEach(
                (id, at) -> {
                    if (answered.getOrDefault(id, Long.MAX_VALUE) < at) {
                        repeats.add(new Repeat(seen.get(id).at(), at));
                    }
                });
        return repeats;
    }
}
