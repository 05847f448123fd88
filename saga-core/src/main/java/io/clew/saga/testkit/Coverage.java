package io.clew.saga.testkit;

import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

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

    private final Map<SimulatedFault, Map<Phase, Hits>> faults =
            new EnumMap<>(SimulatedFault.class);
    private final Map<NodeKind, Map<SimulatedFault, Integer>> faultsAt =
            new EnumMap<>(NodeKind.class);
    private final Map<String, Map<Phase, Integer>> came = new TreeMap<>();
    private final Map<Place, Map<String, Met>> inputs = new TreeMap<>();
    private int world;

    /**
     * How many sagas met a fault, and in how many worlds. One that happens to all sagas of a world
     * says little by the number of sagas.
     */
    private record Hits(int sagas, int worlds, int lastWorld) {
        static final Hits NONE = new Hits(0, 0, 0);

        Hits oneMore(int world) {
            return new Hits(sagas + 1, world == lastWorld ? worlds : worlds + 1, world);
        }
    }

    /** A kind of node that a saga stands in, in a phase. */
    record Place(NodeKind node, Phase phase) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = node.compareTo(other.node);
            return order != 0 ? order : phase.compareTo(other.phase);
        }
    }

    /** How often an input was applied, and the faults that came before it. */
    private record Met(int times, Set<SimulatedFault> faults) {
        Met and(Met other) {
            Set<SimulatedFault> all = EnumSet.noneOf(SimulatedFault.class);
            all.addAll(faults);
            all.addAll(other.faults);
            return new Met(times + other.times, all);
        }
    }

    void nextWorld() {
        world++;
    }

    void fault(SimulatedFault fault, Collection<SagaInstance> sagas) {
        Map<Phase, Hits> phases = faults.computeIfAbsent(fault, it -> new EnumMap<>(Phase.class));
        for (SagaInstance saga : sagas) {
            Hits before = phases.getOrDefault(saga.phase(), Hits.NONE);
            phases.put(saga.phase(), before.oneMore(world));
        }
    }

    void faultAt(SimulatedFault fault, Set<NodeKind> nodes) {
        for (NodeKind node : nodes) {
            faultsAt.computeIfAbsent(node, it -> new EnumMap<>(SimulatedFault.class))
                    .merge(fault, 1, Integer::sum);
        }
    }

    void came(String what, Collection<SagaInstance> sagas) {
        Map<Phase, Integer> phases = came.computeIfAbsent(what, it -> new EnumMap<>(Phase.class));
        sagas.forEach(it -> phases.merge(it.phase(), 1, Integer::sum));
    }

    void input(Place place, String kind, Set<SimulatedFault> faults) {
        inputs.computeIfAbsent(place, it -> new TreeMap<>())
                .merge(kind, new Met(1, faults), Met::and);
    }

    int worlds(SimulatedFault fault, Phase phase) {
        return hits(fault, phase).worlds();
    }

    private Hits hits(SimulatedFault fault, Phase phase) {
        return faults.getOrDefault(fault, Map.of()).getOrDefault(phase, Hits.NONE);
    }

    int came(String what, Phase phase) {
        return came.getOrDefault(what, Map.of()).getOrDefault(phase, 0);
    }

    int met(NodeKind node, SimulatedFault fault) {
        return faultsAt.getOrDefault(node, Map.of()).getOrDefault(fault, 0);
    }

    int changed(NodeKind node, String input) {
        return PHASES.stream()
                .map(it -> inputs(node, it).get(input))
                .mapToInt(it -> it == null ? 0 : it.times())
                .sum();
    }

    private Map<String, Met> inputs(NodeKind node, Phase phase) {
        return inputs.getOrDefault(new Place(node, phase), Map.of());
    }

    /** A row for each fault, a column for each phase. */
    String faults() {
        StringBuilder text = new StringBuilder("Faults met, by phase: sagas (worlds)\n");
        text.append(faultRow("fault", Phase::toString));
        for (SimulatedFault fault : SimulatedFault.values()) {
            text.append(
                    faultRow(
                            "" + fault,
                            it -> hits(fault, it).sagas() + " (" + worlds(fault, it) + ")"));
        }
        return text.toString();
    }

    private static String faultRow(String fault, Function<Phase, String> cell) {
        StringBuilder row = new StringBuilder(String.format("%-27s", fault));
        for (Phase phase : Phase.values()) {
            row.append(String.format("%17s", cell.apply(phase)));
        }
        return row.append('\n').toString();
    }

    /** What came from outside by phase, then inputs by node and phase, then what is missing. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\nCame from outside, by phase\n");
        came.forEach((what, phases) -> text.append(what + " " + phases + "\n"));
        text.append("\nInputs applied / kinds of faults met since the one before\n");
        text.append(row("node", "phase", INPUTS));
        List<String> holes = new ArrayList<>();
        for (NodeKind node : NodeKind.values()) {
            for (Phase phase : PHASES) {
                text.append(row("" + node, "" + phase, cells(node, phase, holes)));
            }
        }
        text.append("\nFaults met in each node\n");
        faultsAt.forEach((node, met) -> text.append(node + " " + met + "\n"));
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
