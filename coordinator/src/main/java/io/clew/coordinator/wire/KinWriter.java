package io.clew.coordinator.wire;

import io.clew.saga.ChildSagas;
import io.clew.saga.Effect;
import io.clew.saga.NotYetException;
import io.clew.saga.Outcome;
import io.clew.saga.Parent;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes what parents and children say to each other: on the topic of commands to children, keyed
 * by the parent so that its order is kept, and from there on the inbox.
 *
 * @param inbox where all of it goes in the end
 * @param tokens the keys command tokens are made with
 */
public record KinWriter(Inbox inbox, TokenKeys tokens) {
    private static final List<String> ECHOED =
            List.of(
                    WireHeaders.SAGA_ID,
                    WireHeaders.RUN,
                    WireHeaders.STEP,
                    WireHeaders.DIRECTION,
                    WireHeaders.EXECUTION,
                    WireHeaders.ATTEMPT,
                    WireHeaders.TOKEN);

    /**
     * A child's word to its parent, as a participant says it.
     *
     * @throws NotYetException if the key its parent started with is not configured here
     */
    public OutRecord answer(Effect.AnswerParent answer) {
        Parent parent = answer.parent();
        SagaInput.Reply reply = answer.reply();
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_REPLY);
        WireHeaders.put(headers, WireHeaders.SAGA_ID, parent.saga().value());
        WireHeaders.put(headers, WireHeaders.RUN, reply.run());
        WireHeaders.put(headers, WireHeaders.STEP, reply.path());
        WireHeaders.put(headers, WireHeaders.DIRECTION, reply.direction().wireName());
        WireHeaders.put(headers, WireHeaders.EXECUTION, reply.execution());
        WireHeaders.put(headers, WireHeaders.ATTEMPT, reply.attempt());
        parent.tokenKey()
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.TOKEN, token(it, answer)));
        outcome(headers, reply.outcome());
        return new OutRecord(ChildSagas.TOPIC, Inbox.key(parent.saga()), null, headers);
    }

    private static void outcome(Headers headers, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded ignored ->
                    WireHeaders.put(headers, WireHeaders.OUTCOME, "succeeded");
            case Outcome.Progress ignored ->
                    WireHeaders.put(headers, WireHeaders.OUTCOME, "progress");
            case Outcome.Failed failed -> {
                WireHeaders.put(headers, WireHeaders.OUTCOME, "failed");
                WireHeaders.put(headers, WireHeaders.CODE, failed.code());
                WireHeaders.put(headers, WireHeaders.REASON, failed.reason());
            }
            case Outcome.Erred erred -> {
                WireHeaders.put(headers, WireHeaders.OUTCOME, "error");
                WireHeaders.put(headers, WireHeaders.CODE, erred.code());
                WireHeaders.put(headers, WireHeaders.REASON, erred.reason());
            }
        }
    }

    private String token(String keyId, Effect.AnswerParent answer) {
        SagaInput.Reply reply = answer.reply();
        String command =
                answer.parent().saga()
                        + ("/" + reply.run())
                        + ("/" + reply.path())
                        + ("/" + reply.direction().wireName())
                        + ("/" + reply.execution())
                        + ("/" + reply.attempt());
        return tokens.token(keyId, command)
                .orElseThrow(
                        () ->
                                new NotYetException(
                                        "token key " + keyId + " is not configured here"));
    }

    /** A parent's end, for a child of this definition. */
    public static OutRecord end(Effect.TellChild told) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_PARENT_ENDED);
        WireHeaders.put(headers, WireHeaders.CHILD, told.child().definition());
        parent(headers, told.parent());
        return new OutRecord(ChildSagas.TOPIC, Inbox.key(told.parent().saga()), null, headers);
    }

    /** A reply that has come by the topic of commands to children, for the inbox. */
    public ProducerRecord<byte[], byte[]> forwarded(byte[] key, Headers headers) {
        return new ProducerRecord<>(inbox.topic(), inbox.partitionOf(key), key, null, headers);
    }

    /**
     * An answer to a command that reaches no child.
     *
     * @param command its headers, which are echoed
     */
    public ProducerRecord<byte[], byte[]> answer(byte[] key, Headers command, Outcome outcome) {
        Headers headers = new RecordHeaders();
        for (String name : ECHOED) {
            Header header = command.lastHeader(name);
            if (header != null) {
                headers.add(name, header.value());
            }
        }
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_REPLY);
        outcome(headers, outcome);
        return forwarded(key, headers);
    }

    public ProducerRecord<byte[], byte[]> takeBack(SagaId child, SagaInput.TakeBack ask) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_TAKE_BACK);
        parent(headers, ask.parent());
        WireHeaders.put(headers, WireHeaders.EXECUTION, ask.number());
        WireHeaders.put(headers, WireHeaders.ATTEMPT, ask.attempt());
        return toInbox(child, headers);
    }

    public ProducerRecord<byte[], byte[]> parentEnded(SagaId child, Parent parent) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_PARENT_ENDED);
        parent(headers, parent);
        return toInbox(child, headers);
    }

    private ProducerRecord<byte[], byte[]> toInbox(SagaId child, Headers headers) {
        return new ProducerRecord<>(
                inbox.topic(), inbox.partitionOf(child), Inbox.key(child), null, headers);
    }

    static void parent(Headers headers, Parent parent) {
        WireHeaders.put(headers, WireHeaders.PARENT, parent.text());
        parent.tokenKey()
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.PARENT_TOKEN_KEY, it));
    }
}
