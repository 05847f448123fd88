package io.clew.payment;

import io.clew.participant.Database;
import io.clew.participant.ParticipantSettings;
import io.clew.participant.Payloads;
import io.clew.participant.ReplyProducer;
import io.clew.participant.Workplace;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes the plain objects the service consists of. */
class Wiring {

    @Produces
    @Singleton
    Charges charges() {
        return new Charges();
    }

    @Produces
    @Singleton
    Database database(DataSource dataSource, Flyway flyway) {
        return new Database(dataSource, flyway::migrate);
    }

    @Produces
    @Singleton
    Workplace workplace(Database database, PaymentConfig config, Vitals vitals) {
        return new Workplace(
                database,
                Payloads.configured(config.kafka()),
                ReplyProducer.create(config.kafka()),
                ParticipantSettings.defaults(),
                vitals);
    }

    void close(@Disposes Workplace workplace) {
        workplace.close();
    }
}
