package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.language.AwaitSpec;
import io.clew.saga.Arrival;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import io.clew.saga.SagaId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Says which sagas may await an event. All versions count, not only the newest: their sagas run on.
 * Whether one does await it is for the saga to say.
 *
 * @param maxEventBytes largest event a saga may carry along
 */
record ArrivalRouter(int maxEventBytes) {

    /**
     * Once per saga, however many awaits it has.
     *
     * @throws io.clew.saga.NotYetException if a schema cannot be had at present
     */
    Collection<Routed> route(
            ConsumerRecord<byte[], byte[]> event,
            Collection<AppliedDefinition> meant,
            String type) {
        Map<String, Routed> routed = new LinkedHashMap<>();
        for (AppliedDefinition definition : meant) {
            for (AwaitSpec await : definition.compiled().awaits()) {
                if (await.topic().equals(event.topic()) && await.eventType().equals(type)) {
                    route(event, definition, await, routed);
                }
            }
        }
        return routed.values();
    }

    private void route(
            ConsumerRecord<byte[], byte[]> event,
            AppliedDefinition definition,
            AwaitSpec await,
            Map<String, Routed> routed) {
        if (event.value().length > maxEventBytes) {
            String reason = "Expected an awaited event of at most " + maxEventBytes + " bytes";
            routed.put("", new Routed.Refused("TOO_LARGE", reason));
            return;
        }
        try {
            Bytes value = Bytes.wrap(event.value());
            SagaId saga = SagaId.of(definition.ref().name(), await.key(value));
            String id = event.topic() + "-" + event.partition() + "-" + event.offset();
            Arrival arrival =
                    new Arrival(id, new Channel.Topic(event.topic()), await.eventType(), value);
            routed.put(saga.value(), new Routed.Arrives(saga, arrival));
        } catch (MappingException fault) {
            refused("UNREADABLE", definition, await, fault, routed);
        } catch (NotYetException wait) {
            throw wait;
        } catch (RuntimeException fault) {
            // One event that nobody foresaw must not hold back all that follow.
            refused("UNPROCESSABLE", definition, await, fault, routed);
        }
    }

    private static void refused(
            String code,
            AppliedDefinition definition,
            AwaitSpec await,
            RuntimeException why,
            Map<String, Routed> routed) {
        String reason = definition.ref() + ", " + await.name() + ": " + why.getMessage();
        routed.put("!" + definition.ref(), new Routed.Refused(code, reason));
    }
}
