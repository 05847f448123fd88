package io.clew.order;

import io.clew.participant.Payloads;
import io.clew.participant.ProjectionDelivery.Projection;
import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the orders' status from {@code saga.events}. An order placed elsewhere is inserted when its
 * saga starts. Nothing changes when a transition comes again, so the table can be rebuilt by
 * reading the topic from its beginning.
 */
final class BusinessState implements Projection {
    private static final Logger LOGGER = System.getLogger(BusinessState.class.getName());
    private static final String STARTED = "SagaStarted";
    private static final String CANCELLED = "CANCELLED";

    private final String definition;
    private final Orders orders;
    private final Payloads payloads;

    BusinessState(String definition, Orders orders, Payloads payloads) {
        this.definition = definition;
        this.orders = orders;
        this.payloads = payloads;
    }

    /** What a transition means for an order, and which transition of which run it is. */
    record Change(Order.Status status, @Nullable String code, long run, long revision) {}

    @Override
    public void apply(Connection connection, ConsumerRecord<byte[], byte[]> event)
            throws SQLException {
        var transition = read(event).orElse(null);
        if (transition == null
                || transition.getRejection() != null
                || !transition.getDefinition().equals(definition)) {
            return;
        }
        var start = start(transition);
        if (start.isPresent()) {
            var orderId = transition.getBusinessKey();
            orders.insertIfMissing(connection, orderId, transition.getSagaId());
            var content = start.flatMap(this::content);
            if (content.isPresent()) {
                orders.complete(connection, orderId, content.get());
            }
        }
        if (start.isPresent() || isEnded(transition)) {
            orders.move(connection, transition.getBusinessKey(), change(transition));
        }
    }

    private Optional<SagaTransition> read(ConsumerRecord<byte[], byte[]> event) {
        try {
            return payloads.decode(event.topic(), event.value())
                            instanceof SagaTransition transition
                    ? Optional.of(transition)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Skipped {0}-{1}@{2}: {3}",
                    event.topic(),
                    event.partition(),
                    event.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<TransitionEvent> start(SagaTransition transition) {
        return transition.getEvents().stream()
                .filter(event -> event.getType().equals(STARTED))
                .findFirst();
    }

    private Optional<OrderContent> content(TransitionEvent started) {
        var payload = started.getPayload();
        if (payload == null) {
            return Optional.empty();
        }
        try {
            return payloads.decode(OrderDesk.TOPIC, bytes(payload)) instanceof OrderPlaced placed
                    ? Optional.of(OrderContent.of(placed))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Expected an OrderPlaced: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static boolean isEnded(SagaTransition transition) {
        return switch (transition.getPhase()) {
            case "COMPLETED", "COMPENSATED", "ABANDONED" -> true;
            default -> false;
        };
    }

    private static Change change(SagaTransition transition) {
        var failure = transition.getFailure();
        var code = failure == null ? null : failure.getCode();
        var run = transition.getRun();
        var revision = transition.getRevision();
        return switch (transition.getPhase()) {
            case "COMPLETED" -> new Change(Order.Status.CONFIRMED, null, run, revision);
            case "COMPENSATED" ->
                    new Change(
                            CANCELLED.equals(code) ? Order.Status.CANCELLED : Order.Status.REJECTED,
                            code,
                            run,
                            revision);
            case "ABANDONED" -> new Change(Order.Status.CANCELLED, "ABANDONED", run, revision);
            default -> new Change(Order.Status.PENDING, null, run, revision);
        };
    }
}
