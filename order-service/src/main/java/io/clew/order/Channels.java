package io.clew.order;

import io.clew.participant.BatchDelivery;
import io.clew.participant.CommandDelivery;
import io.clew.participant.EndedSagas;
import io.clew.participant.ProjectionDelivery;
import io.clew.participant.SchemaRegistration;
import io.clew.participant.Workplace;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Where records come in. A batch is acknowledged when its method returns, so after everything in it
 * is committed and every reply is with the broker.
 */
@Singleton
class Channels {
    private final CommandDelivery commands;
    private final ProjectionDelivery businessState;
    private final EndedSagas endedSagas;
    private final SchemaRegistration schemas;

    Channels(Orders orders, OrderConfig config, Workplace workplace) {
        var participant = OrderParticipant.with(new Fulfilment());
        var state = new BusinessState(config.definition(), orders, workplace.payloads());
        commands = new CommandDelivery(participant, workplace);
        businessState = new ProjectionDelivery("business state", state, workplace);
        endedSagas = new EndedSagas(participant, config.kafka(), config.retention(), workplace);
        schemas =
                SchemaRegistration.with(config.kafka())
                        .participant(participant)
                        .event(OrderDesk.TOPIC, OrderPlaced.class)
                        .monitor(workplace.monitor())
                        .start();
    }

    @Incoming("commands")
    @Blocking
    void commands(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
        deliver(batch, commands);
    }

    @Incoming("saga-events")
    @Blocking
    void sagaEvents(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
        deliver(batch, businessState);
        deliver(batch, endedSagas);
    }

    private static void deliver(ConsumerRecords<byte[], byte[]> batch, BatchDelivery delivery)
            throws InterruptedException {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>(batch.count());
        batch.forEach(records::add);
        delivery.deliver(records);
    }

    @PreDestroy
    void close() {
        commands.close();
        businessState.close();
        endedSagas.close();
        schemas.close();
    }
}
