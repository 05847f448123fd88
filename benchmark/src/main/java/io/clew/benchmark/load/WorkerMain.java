package io.clew.benchmark.load;

import java.nio.file.Path;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One worker of one step, without a database: the effect is nothing, the reply is at once. */
public final class WorkerMain {

    private WorkerMain() {}

    /**
     * Takes the broker's address, the topic of commands, the path of the file to write when ready
     * and, unless the worker is the floor's, the registry's address.
     */
    public static void main(String[] args) {
        Relay.Handler handler =
                args.length > 3
                        ? new CommandHandler(
                                OrderSchemas.registered(args[3], OrderSchemas.ORDER_SAGA))
                        : (command, answers) ->
                                answers.accept(
                                        new ProducerRecord<>(
                                                FloorRecords.INBOX,
                                                command.key(),
                                                FloorRecords.reply(command.value())));
        new Relay(args[0], args[1], handler).run(Path.of(args[2]));
    }
}
