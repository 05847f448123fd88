package io.clew.saga.testkit;

import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often each fault met a saga in each phase, and each kind of input in each kind of node and
 * each phase, and after which faults.
 */
final class Coverage {
    static final String SUCCESS = "success";
    static final String REFUSAL = "refusal";
    static final String ERROR = "error";
    static final String PROGRESS = "progress";

    private static final List<String> INPUTS =
            List.of(
                    SUCCESS, REFUSAL, ERROR, PROGRESS, "timer", "event", "signal", "cancel",
                    "rewind", "hold", "pause", "resume", "retry", "skip", "abandon");

    private static final List<Phase> PHASES =
            List.of(Phase.RUNNING, Phase.COMPENSATING, Phase.HELD, Phase.PAUSED);

    private final Map<String, Map<Phase, Integer>> counts = new TreeMap<>();
    private final Map<NodeKind, Map<String, Integer>> faultsAt = new EnumMap<>(NodeKind.class);
    private final Map<Place, Map<String, Met>> inputs = new TreeMap<>();

    /** A kind of node that a saga stands in, in a phase. */
    record Place(NodeKind node, Phase phase) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = node.compareTo(other.node);
            return order != 0 ? order : phase.compareTo(other.phase);
        }
    }

    /** How often an input was applied, and the faults that came before it. */
    private record Met(int times, Set<String> faults) {
        Met and(Met other) {
            Set<String> all = new TreeSet<>(faults);
            all.addAll(other.faults);
            return new Met(times + other.times, all);
        }
    }

    void fault(String fault, Collection<SagaInstance> sagas) {
        Map<Phase, Integer> phases =
                counts.computeIfAbsent(fault, it -> new EnumMap<>(Phase.class));
        for (SagaInstance saga : sagas) {
            phases.merge(saga.phase(), 1, Integer::sum);
        }
    }

    void faultAt(String fault, Set<NodeKind> nodes) {
        nodes.forEach(
                it ->
                        faultsAt.computeIfAbsent(it, node -> new TreeMap<>())
                                .merge(fault, 1, Integer::sum));
    }

    void input(Place place, String kind, Set<String> faults) {
        inputs.computeIfAbsent(place, it -> new TreeMap<>())
                .merge(kind, new Met(1, faults), Met::and);
    }

    int of(String fault, Phase phase) {
        return counts.getOrDefault(fault, Map.of()).getOrDefault(phase, 0);
    }

    /** How often a saga in such a node met this fault, or was changed by this kind of input. */
    int of(NodeKind node, String what) {
        if (!INPUTS.contains(what)) {
            return faultsAt.getOrDefault(node, Map.of()).getOrDefault(what, 0);
        }
        int met = 0;
        for (Phase phase : PHASES) {
            met += inputs(node, phase).getOrDefault(what, new Met(0, Set.of())).times();
        }
        return met;
    }

    private Map<String, Met> inputs(NodeKind node, Phase phase) {
        return inputs.getOrDefault(new Place(node, phase), Map.of());
    }

    /** Faults by phase, then inputs by node and phase, then what is missing there. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((fault, phases) -> text.append(fault + " " + phases + "\n"));
        text.append("\nInputs applied / kinds of faults met since the one before\n");
        text.append(row("node", "phase", INPUTS));
        List<String> holes = new ArrayList<>();
        for (NodeKind node : NodeKind.values()) {
            for (Phase phase : PHASES) {
                text.append(row("" + node, "" + phase, cells(node, phase, holes)));
            }
        }
        text.append("\nFaults met in each node\n");
        faultsAt.forEach((node, faults) -> text.append(node + " " + faults + "\n"));
        return text.append("\nNever met: " + String.join(", ", holes) + "\n").toString();
    }

    private List<String> cells(NodeKind node, Phase phase, List<String> holes) {
        List<String> cells = new ArrayList<>();
        for (String kind : INPUTS) {
            Met met = inputs(node, phase).get(kind);
            if (met == null) {
                holes.add(node + "/" + phase + "/" + kind);
            }
            cells.add(met == null ? "-" : met.times() + "/" + met.faults().size());
        }
        return cells;
    }

    private static String row(String node, String phase, List<String> cells) {
        StringBuilder row = new StringBuilder(String.format("%-10s%-13s", node, phase));
        cells.forEach(it -> row.append(String.format("%11s", it)));
        return row.append('\n').toString();
    }
}
