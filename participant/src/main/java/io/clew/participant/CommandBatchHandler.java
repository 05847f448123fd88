package io.clew.participant;

import io.clew.participant.CommandReader.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Handles a batch of raw commands, each at most once, and gives the replies to send.
 *
 * <p>The batch is one database transaction with a savepoint per command; if the database refuses
 * it, command by command. Commands with an effect outside the database take part by writing that
 * they are in progress; their calls follow after the commit, and later commands of the same saga
 * wait for the next round. When this method has returned, everything it answers is committed. Send
 * the replies, then acknowledge the batch; {@link CommandDelivery} does so.
 */
public final class CommandBatchHandler {
    private final Workplace workplace;
    private final CommandReader reader;
    private final BatchTurns turns;
    private final ReplyWriter replies;
    private final DeadLetters deadLetters;
    private final ExternalCalls externalCalls;

    public CommandBatchHandler(Participant participant, Workplace workplace) {
        var settings = workplace.settings();
        this.workplace = workplace;
        reader = new CommandReader(participant, workplace.payloads());
        replies = new ReplyWriter(participant.name(), settings.clock());
        deadLetters = new DeadLetters(settings.deadLetterTopic());
        var answers = new Answers(workplace.payloads(), settings.maxResultBytes());
        turns =
                new BatchTurns(
                        workplace.database(),
                        new CommandTurns(
                                participant, answers, settings.clock(), this::sendProgress));
        externalCalls = new ExternalCalls(workplace.database(), answers, this::sendProgress);
    }

    /**
     * Throws {@link UnavailableException} if the database or the registry is away; then the whole
     * batch is to be handled again.
     */
    public List<ProducerRecord<byte[], byte[]>> handle(
            List<ConsumerRecord<byte[], byte[]>> records) {
        var outgoing = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var waiting = new ArrayList<Command>();
        for (var record : records) {
            switch (reader.read(record)) {
                case Reading.Accepted accepted -> waiting.add(accepted.command());
                case Reading.Refusable refusable -> outgoing.add(refusal(record, refusable));
                case Reading.Unanswerable nobody -> outgoing.add(deadLetter(record, nobody));
            }
        }
        List<Command> remaining = waiting;
        while (!remaining.isEmpty()) {
            remaining = round(remaining, outgoing);
        }
        return outgoing;
    }

    /** Answers what it can and returns, in order, the commands that want another turn. */
    private List<Command> round(
            List<Command> commands, List<ProducerRecord<byte[], byte[]>> outgoing) {
        var answered = new LinkedHashMap<Command, Answer>();
        var outside = new LinkedHashMap<Command, Turn.Outside>();
        turns.take(commands)
                .forEach(
                        (command, turn) -> {
                            switch (turn) {
                                case Turn.Answered done -> answered.put(command, done.answer());
                                case Turn.Outside open -> outside.put(command, open);
                                case Turn.Conflict lost -> {
                                    // Not answered, so it is in the next round.
                                }
                            }
                        });
        if (!outside.isEmpty()) {
            answered.putAll(externalCalls.run(outside));
        }
        answered.forEach((command, answer) -> outgoing.add(reply(command, answer)));
        return commands.stream().filter(command -> !answered.containsKey(command)).toList();
    }

    private ProducerRecord<byte[], byte[]> reply(Command command, Answer answer) {
        workplace.monitor().answered(command.type(), answer.outcome());
        return replies.reply(command, answer);
    }

    private ProducerRecord<byte[], byte[]> refusal(
            ConsumerRecord<byte[], byte[]> record, Reading.Refusable refusable) {
        workplace.monitor().answered("unreadable", Answer.ERROR);
        return replies.reply(
                record,
                refusable.replyTo(),
                Answer.error("UNREADABLE_COMMAND", refusable.reason()));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, Reading.Unanswerable nobody) {
        workplace.monitor().deadLettered("UNREADABLE_COMMAND");
        return deadLetters.of(record, "UNREADABLE_COMMAND", nobody.reason());
    }

    private void sendProgress(Command command) {
        var progress = replies.reply(command, Answer.progress());
        // Lost progress only lets the step's timeout send the command again.
        var unused = workplace.producer().send(progress);
    }
}
