package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.ClewSystem;
import io.clew.it.system.Rest;
import java.util.stream.Stream;

/**
 * A definition for each kind of node.
 *
 * @param clerk name of the till that takes the steps around the node; it is always there
 * @param till name of the one that takes those inside
 * @param hasty whether silence ends the node after a second
 */
record NodeDefinitions(ClewSystem clew, String clerk, String till, boolean hasty) {
    /** How many pieces make an order one that cools off for an hour. */
    static final int DEAR = 20;

    private static final String SILENCE = "timeout: 500ms, giveUpAfter: 1s, ";

    String name(NodeKind kind) {
        return "it-" + clerk + "-" + kind.word();
    }

    /** What is published here starts a saga. */
    String events(NodeKind kind) {
        return name(kind) + ".events";
    }

    /** What is published here is awaited. */
    String shipments() {
        return "it-" + clerk + ".shipments";
    }

    /** All topics of events there are. */
    String[] topics() {
        return Stream.concat(
                        Stream.of(NodeKind.values()).map(this::events),
                        Stream.of(shipments(), unused()))
                .toArray(String[]::new);
    }

    /** A child is started by its parent, and by no event. */
    private String unused() {
        return events(NodeKind.CHILD) + ".unused";
    }

    void apply() {
        apply(child(), unused(), "1d", item(inner().charge("booked")));
        for (NodeKind kind : NodeKind.values()) {
            // A child says that it is still at work: its parent hears from it for as long as it
            // lives.
            boolean late = hasty && (kind == NodeKind.DELAY || kind == NodeKind.CHILD);
            String deadline = late ? "2s" : "1d";
            TillSteps outer = new TillSteps(clerk, late ? "timeout: 1s, " : "");
            apply(
                    name(kind),
                    events(kind),
                    deadline,
                    item(outer.charge("before")) + node(kind) + item(last(kind, outer)));
        }
    }

    private String child() {
        return name(NodeKind.CHILD) + "-booking";
    }

    private void apply(String name, String topic, String deadline, String nodes) {
        String yaml =
                """
                saga: %s
                version: 1
                startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
                deadline: %s
                steps:
                %s
                """
                        .formatted(name, topic, deadline, nodes);
        Rest.Answer answer = clew.applyNamed(name, yaml);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String last(NodeKind kind, TillSteps outer) {
        return kind == NodeKind.SAVEPOINT
                ? new TillSteps(outer.participant(), rollback("CARD_DECLINED") + ", ").last()
                : outer.last();
    }

    private static String rollback(String code) {
        return "onFailure: { " + code + ": { rollbackTo: booked, max: 1 } }";
    }

    private static String item(String node) {
        return "  - " + node + "\n";
    }

    /** Steps inside of a child have all the time they need: their parent loses patience. */
    private TillSteps inner() {
        return new TillSteps(till);
    }

    private TillSteps step() {
        return new TillSteps(till, hasty ? SILENCE : "");
    }

    private String node(NodeKind kind) {
        return switch (kind) {
            case STEP -> conditional();
            case PARALLEL ->
                    item(
                            "parallel: { toBuyer: { steps: [%s] }, toClerk: { steps: [%s] } }"
                                    .formatted(step().charge("goods"), step().charge("papers")));
            case CHOICE -> choice();
            case FOR_EACH ->
                    item(
                            "forEach: { in: \"['A', 'B']\", as: part, concurrency: 2, steps: [%s] }"
                                    .formatted(
                                            step().charge(
                                                            "item",
                                                            "event.orderId + '-item' + part")));
            case EVENT -> event();
            case SIGNAL -> item(signal("approval", ""));
            case DELAY -> delay();
            case SAVEPOINT -> savepoint();
            case CHILD -> booking();
        };
    }

    private String conditional() {
        TillSteps never = new TillSteps(till, "when: \"event.totalAmount > decimal('1000')\", ");
        TillSteps always =
                new TillSteps(till, step().further() + "when: \"event.lines.size() > 0\", ");
        return item(never.charge("passedOver")) + item(always.charge("inner"));
    }

    private String choice() {
        return """
          - choice:
              dear: { when: "event.totalAmount > decimal('1000')", steps: [%s] }
              else: { steps: [%s] }
        """
                .formatted(step().charge("escrow"), step().charge("taken"));
    }

    private String event() {
        return """
          - await: shipment
            topic: %s
            event: io.clew.order.OrderPlaced
            key: received.orderId
            timeout: %s
            compensation:
              participant: %s
              command: io.clew.payment.RefundPayment
              with: { orderId: "event.orderId + '-shipment'" }
        """
                .formatted(shipments(), patience(), till);
    }

    private String signal(String name, String further) {
        return "{ await: %s, signal: io.clew.payment.PaymentCharged, timeout: %s%s }"
                .formatted(name, patience(), further);
    }

    private String patience() {
        return hasty ? "1s" : "1h";
    }

    /** Dear orders wait long. */
    private static String delay() {
        return """
          - delay: coolingOff
            until: >-
              event.placedAt
              + (event.totalAmount > decimal('100') ? duration('1h') : duration('6s'))
        """;
    }

    /** If silence is to end it, there is somebody who takes its step, and a signal never comes. */
    private String savepoint() {
        String point = item("savepoint: booked");
        return hasty
                ? point
                        + item(new TillSteps(clerk).charge("inner"))
                        + item(signal("go", ", " + rollback("TIMED_OUT")))
                : point + item(inner().charge("inner"));
    }

    private String booking() {
        return """
          - saga: booking
            %s
            start:
              definition: %s
        %s
        """
                .formatted(
                        hasty ? "timeout: 500ms\n    giveUpAfter: 1s" : "timeout: 1h",
                        child(),
                        TillSteps.PASSED_ON);
    }
}
