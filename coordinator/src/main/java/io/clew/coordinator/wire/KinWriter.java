package io.clew.coordinator.wire;

import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.Effect;
import io.clew.saga.NotYetException;
import io.clew.saga.Parent;
import io.clew.saga.SagaInput;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes what parents and children say to each other beside commands: on the topic of commands to
 * children, keyed by the parent so that its order is kept.
 *
 * @param tokens the keys command tokens are made with
 */
public record KinWriter(TokenKeys tokens) {
    /**
     * A child's word to its parent, as a participant says it; its result is the value.
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
                .map(it -> tokens.token(it, reply.commandId(parent.saga())))
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.TOKEN, it));
        Outcomes.put(headers, reply.outcome());
        byte[] result = Outcomes.result(reply.outcome()).map(Bytes::array).orElse(null);
        if (result != null) {
            WireHeaders.put(headers, WireHeaders.CONTENT_TYPE, WireHeaders.AVRO);
        }
        return new OutRecord(ChildSagas.TOPIC, Inbox.key(parent.saga()), result, headers);
    }

    /** A parent's end, for a child of this definition. */
    public static OutRecord end(Effect.TellChild told) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_PARENT_ENDED);
        WireHeaders.put(headers, WireHeaders.CHILD, told.child().definition());
        parent(headers, told.parent());
        return new OutRecord(ChildSagas.TOPIC, Inbox.key(told.parent().saga()), null, headers);
    }

    static void parent(Headers headers, Parent parent) {
        WireHeaders.put(headers, WireHeaders.PARENT, parent.text());
        parent.tokenKey()
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.PARENT_TOKEN_KEY, it));
    }
}
