package io.clew.it.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.cluster.Cluster;
import io.clew.it.system.Await;
import io.clew.order.OrderPlaced;
import io.clew.participant.SchemaRegistration;
import io.clew.payment.ChargePayment;
import io.clew.payment.RefundPayment;
import io.clew.platform.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sagas of another shape than orders: two branches at once, a delay, a child, and a step that takes
 * its time. Their only participant is the {@link Clerk}.
 */
public final class Errands {
    public static final String DEFINITION = "errand";
    public static final String CHILD = "errand-parcel";
    static final String EVENTS = "errand.events";
    public static final String COMMANDS = "errands.commands";

    static final String FIRST = "first";
    public static final String GOODS = "goods";
    static final String PAPERS = "papers";
    static final String PARCEL = "parcel";
    static final String LINGERING = "lingering";
    static final String LAST = "last";

    /** The step of the child. */
    public static final String PACKED = "packed";

    /** What the clerk does for one that completes, without its child's step. */
    public static final List<String> STEPS = List.of(FIRST, GOODS, PAPERS, LINGERING, LAST);

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration LEAST_GIVE_UP = Duration.ofSeconds(9);

    private Errands() {}

    public static String sagaId(String errandId) {
        return DEFINITION + ":" + errandId;
    }

    public static boolean isErrand(String sagaId) {
        return sagaId.startsWith(DEFINITION + ":");
    }

    public static boolean isChild(String sagaId) {
        return sagaId.startsWith(CHILD + ":");
    }

    /** Makes their topics and registers what stands on them. */
    public static void announce(Cluster cluster) {
        Topics.ensure(
                cluster.bootstrap(),
                List.of(Topics.events(EVENTS), Topics.events(unused()), Topics.commands(COMMANDS)));
        SchemaRegistration.Builder schemas =
                SchemaRegistration.with(
                                Map.of("schema.registry.url", cluster.registry().confluentUrl()))
                        .event(EVENTS, OrderPlaced.class)
                        .event(unused(), OrderPlaced.class)
                        .event("saga.commands", OrderPlaced.class)
                        .event(COMMANDS, ChargePayment.class)
                        .event(COMMANDS, RefundPayment.class);
        try (SchemaRegistration registration = schemas.start()) {
            Await.until(LIMIT, () -> assertThat(registration.isDone()).isTrue());
        }
    }

    /** A child is started by its parent, and by no event. */
    private static String unused() {
        return CHILD + ".events";
    }

    /** Of the child. */
    public static String child() {
        return """
        saga: %s
        version: 1
        startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
        deadline: 1h
        steps:
          - %s
        """
                .formatted(CHILD, unused(), step(PACKED, ""));
    }

    /**
     * Of the errand itself.
     *
     * @param patience how long its lingering step takes
     */
    public static String definition(Duration patience) {
        long asked = patience.multipliedBy(2).toSeconds();
        long givenUp =
                Math.max(LEAST_GIVE_UP.toSeconds(), patience.multipliedBy(5).toSeconds() / 2);
        return """
        saga: %s
        version: 1
        startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
        deadline: 1h
        steps:
          - %s
          - parallel: { toBuyer: { steps: [%s] }, toClerk: { steps: [%s] } }
          - delay: coolingOff
            for: 1s
          - saga: %s
            start:
              definition: %s
              event: io.clew.order.OrderPlaced
              with:
                orderId: event.orderId
                customerId: event.customerId
                lines: event.lines
                currency: event.currency
                totalAmount: event.totalAmount
                paymentToken: event.paymentToken
                shippingAddress: event.shippingAddress
                placedAt: event.placedAt
          - %s
          - %s
        """
                .formatted(
                        DEFINITION,
                        EVENTS,
                        step(FIRST, ""),
                        step(GOODS, ""),
                        step(PAPERS, ""),
                        PARCEL,
                        CHILD,
                        step(
                                LINGERING,
                                "timeout: %ds, giveUpAfter: %ds, ".formatted(asked, givenUp)),
                        step(LAST, ""));
    }

    /** Slow answers come after a command was sent again, and long before it is given up. */
    private static String step(String name, String patience) {
        String order = "orderId: event.orderId";
        return "{ step: %s, participant: errands, %s%s, %s }"
                .formatted(
                        name,
                        patience.isEmpty() ? "timeout: 4s, giveUpAfter: 5m, " : patience,
                        "action: { command: %s, with: { %s, %s, token: event.paymentToken } }"
                                .formatted(
                                        "io.clew.payment.ChargePayment",
                                        order,
                                        "amount: event.totalAmount"),
                        "compensation: { command: %s, with: { %s } }"
                                .formatted("io.clew.payment.RefundPayment", order));
    }
}
