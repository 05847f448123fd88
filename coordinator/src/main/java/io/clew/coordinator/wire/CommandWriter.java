package io.clew.coordinator.wire;

import io.clew.saga.ChildSagas;
import io.clew.saga.Command;
import io.clew.saga.Execution;
import io.clew.saga.FrozenCommand;
import io.clew.saga.NotYetException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes commands. The same command gives the same {@code ce_} headers and value, on any host at
 * any time.
 *
 * @param inbox where replies go
 * @param tokens the keys command tokens are made with
 */
public record CommandWriter(Inbox inbox, TokenKeys tokens) {

    /**
     * The record of this sending.
     *
     * @throws NotYetException if the key its saga started with is not configured here
     */
    public OutRecord write(Command command) {
        FrozenCommand content = command.content();
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.SPEC_VERSION, "1.0");
        WireHeaders.put(headers, WireHeaders.ID, command.id());
        WireHeaders.put(headers, WireHeaders.TYPE, content.type());
        WireHeaders.put(headers, WireHeaders.SOURCE, "/clew/" + command.definition());
        WireHeaders.put(headers, WireHeaders.TIME, content.decidedAt().toString());
        WireHeaders.put(headers, WireHeaders.CONTENT_TYPE, WireHeaders.AVRO);
        identity(headers, command);
        ChildSagas.definition(content.participant())
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.CHILD, it));
        WireHeaders.put(headers, WireHeaders.REPLY_TOPIC, inbox.topic());
        WireHeaders.put(headers, WireHeaders.REPLY_PARTITION, command.replyPartition());
        content.deadline()
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.DEADLINE, it.toString()));
        command.tokenKey()
                .map(it -> tokens.token(it, command.id()))
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.TOKEN, it));
        command.traceparent()
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.TRACE_PARENT, it));
        return new OutRecord(
                content.topic(), Inbox.key(command.saga()), content.value().array(), headers);
    }

    private static void identity(Headers headers, Command command) {
        Execution execution = command.execution();
        WireHeaders.put(headers, WireHeaders.SAGA_ID, command.saga().value());
        WireHeaders.put(headers, WireHeaders.RUN, command.run());
        WireHeaders.put(headers, WireHeaders.STEP, execution.path());
        WireHeaders.put(headers, WireHeaders.DIRECTION, execution.direction().wireName());
        WireHeaders.put(headers, WireHeaders.EXECUTION, execution.number());
        WireHeaders.put(headers, WireHeaders.ATTEMPT, command.attempt());
        if (execution.compensates() > 0 && !command.content().takesBackEvent()) {
            WireHeaders.put(headers, WireHeaders.COMPENSATES, execution.compensates());
        }
    }
}
