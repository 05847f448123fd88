package io.clew.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes definitions of all nodes at random; none of them has a fault. */
final class RandomNodes {

    private static final int DEPTH = 4;

    private final Random random;
    private int names;

    RandomNodes(Random random) {
        this.random = random;
    }

    Map<String, Object> saga() {
        Map<String, Object> saga = new LinkedHashMap<>();
        saga.put("saga", "random");
        saga.put("version", 1);
        saga.put(
                "startedBy",
                Map.of(
                        "topic", "order.events",
                        "event", "io.clew.order.OrderPlaced",
                        "key", "event.orderId"));
        List<Object> steps = new ArrayList<>();
        steps.add(first());
        steps.add(Map.of("savepoint", "start"));
        steps.addAll(nodes(0, List.of()));
        saga.put("steps", steps);
        if (random.nextBoolean()) {
            saga.put(
                    "result",
                    Map.of(
                            "type",
                            "io.acme.Approved",
                            "with",
                            Map.of("by", text(List.of()) + " + saga.id")));
        }
        return saga;
    }

    private static Map<String, Object> first() {
        return Map.of(
                "step",
                "first",
                "participant",
                "warehouse",
                "compensation",
                "none",
                "action",
                Map.of(
                        "command",
                        "io.acme.ReserveStock",
                        "result",
                        "io.acme.StockReserved",
                        "with",
                        Map.of(
                                "orderId", "event.orderId",
                                "sku", "event.lines[0].sku",
                                "quantity", "1",
                                "position", "0")));
    }

    private List<Object> nodes(int depth, List<String> items) {
        List<Object> nodes = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            nodes.add(node(depth, items));
        }
        return nodes;
    }

    private Map<String, Object> node(int depth, List<String> items) {
        return switch (random.nextInt(depth < DEPTH ? 8 : 5)) {
            case 0, 1 -> step(items);
            case 2 -> await(items);
            case 3 -> signal();
            case 4 -> delay();
            case 5 -> Map.of("choice", arms(depth, items));
            case 6 -> Map.of("parallel", branches(depth, items));
            default -> Map.of("forEach", loop(depth, items));
        };
    }

    private Map<String, Object> step(List<String> items) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("step", name("step"));
        if (random.nextBoolean()) {
            step.put("when", condition(items));
        }
        step.put("participant", "warehouse");
        step.put("action", note(text(items)));
        step.put(
                "compensation",
                random.nextBoolean() ? "none" : note(text(items) + " + failure.code"));
        if (random.nextBoolean()) {
            step.put(
                    "onFailure",
                    Map.of(
                            "X", "continue",
                            "Y", Map.of("rollbackTo", "start"),
                            "Z", Map.of("retry", 2)));
        }
        return step;
    }

    private Map<String, Object> await(List<String> items) {
        Map<String, Object> await = new LinkedHashMap<>();
        await.put("await", name("await"));
        await.put("topic", "warehouse.events");
        await.put("event", "io.acme.PickedUp");
        await.put("key", "received.orderId");
        if (random.nextBoolean()) {
            await.put("match", "received.shelf != " + text(items));
        }
        if (random.nextBoolean()) {
            Map<String, Object> undo = new LinkedHashMap<>(note("received.shelf + " + text(items)));
            undo.put("participant", "warehouse");
            await.put("compensation", undo);
        }
        return await;
    }

    private Map<String, Object> signal() {
        Map<String, Object> await = new LinkedHashMap<>();
        await.put("await", name("signal"));
        await.put("signal", "io.acme.Approved");
        await.put("timeout", "1h");
        await.put(
                "onFailure",
                Map.of(
                        "TIMED_OUT",
                        random.nextBoolean() ? "continue" : Map.of("rollbackTo", "start")));
        return await;
    }

    private Map<String, Object> delay() {
        return random.nextBoolean()
                ? Map.of("delay", name("delay"), "for", "90m")
                : Map.of("delay", name("delay"), "until", "event.placedAt + duration('2h')");
    }

    private Map<String, Object> arms(int depth, List<String> items) {
        Map<String, Object> arms = new LinkedHashMap<>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            String arm = name("arm");
            String when = condition(items) + " && event.orderId != '" + arm + "'";
            arms.put(arm, Map.of("when", when, "steps", nodes(depth + 1, items)));
        }
        if (random.nextBoolean()) {
            arms.put("else", Map.of("steps", nodes(depth + 1, items)));
        }
        return arms;
    }

    private Map<String, Object> branches(int depth, List<String> items) {
        Map<String, Object> branches = new LinkedHashMap<>();
        for (int count = 2 + random.nextInt(2); count > 0; count--) {
            branches.put(name("branch"), Map.of("steps", nodes(depth + 1, items)));
        }
        return branches;
    }

    private Map<String, Object> loop(int depth, List<String> items) {
        Map<String, Object> loop = new LinkedHashMap<>();
        String as = name("item");
        List<String> inner = new ArrayList<>(items);
        inner.add(as);
        loop.put(
                "in",
                items.isEmpty() || random.nextBoolean()
                        ? "event.lines.map(it, it.sku)"
                        : "[" + items.get(0) + ", string(index)]");
        loop.put("as", as);
        loop.put("concurrency", 1 + random.nextInt(100));
        loop.put("steps", nodes(depth + 1, inner));
        return loop;
    }

    private String condition(List<String> items) {
        return text(items) + " != 'sku-a'";
    }

    private String text(List<String> items) {
        return switch (random.nextInt(items.isEmpty() ? 2 : 4)) {
            case 0 -> "event.orderId";
            case 1 -> "steps.first.reservation";
            case 2 -> items.get(random.nextInt(items.size()));
            default -> "string(index)";
        };
    }

    private static Map<String, Object> note(String text) {
        return Map.of("command", "io.acme.Note", "with", Map.of("text", text));
    }

    private String name(String prefix) {
        return prefix + ++names;
    }
}
