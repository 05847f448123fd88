package io.clew.order;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.participant.Database;
import io.clew.participant.Outbox;
import io.clew.participant.OutboxRelay;
import io.clew.participant.ParticipantSettings;
import io.clew.participant.Payloads;
import io.clew.participant.ReplyProducer;
import io.clew.participant.Workplace;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes the plain objects the service consists of. */
class Wiring {

    @Produces
    @Singleton
    Orders orders(ObjectMapper json) {
        return new Orders(json);
    }

    @Produces
    @Singleton
    Database database(DataSource dataSource, Flyway flyway) {
        return new Database(dataSource, flyway::migrate);
    }

    @Produces
    @Singleton
    Workplace workplace(Database database, OrderConfig config, Vitals vitals) {
        return new Workplace(
                database,
                Payloads.configured(config.kafka()),
                ReplyProducer.create(config.kafka()),
                ParticipantSettings.defaults(),
                vitals);
    }

    @Produces
    @Singleton
    OutboxRelay relay(Workplace workplace) {
        return new OutboxRelay("/order-service", workplace);
    }

    @Produces
    @Singleton
    OrderDesk desk(OrderConfig config, Orders orders, Workplace workplace, OutboxRelay relay) {
        var outbox = new Outbox(workplace.payloads(), Clock.systemUTC());
        return new OrderDesk(
                config.definition(), workplace.database(), orders, outbox, relay::nudge);
    }

    void close(@Disposes Workplace workplace) {
        workplace.close();
    }

    void close(@Disposes OutboxRelay relay) {
        relay.close();
    }
}
