package io.clew.it.faults.check;

import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code saga.events} tells of one saga, transition by transition. */
public final class SagaStory {
    private static final Set<String> ENDS = Set.of("COMPLETED", "COMPENSATED", "ABANDONED");

    /** Events that no ended saga has any more. */
    private static final Set<String> STEPS =
            Set.of("CommandDecided", "SagaCompleted", "SagaCompensated", "SagaAbandoned");

    private final String sagaId;
    private final List<String> faults = new ArrayList<>();
    private final List<Action> owed = new ArrayList<>();
    private final List<String> decided = new ArrayList<>();
    private final LongList times = new LongList();
    private long run;
    private long revision;
    private String phase = "";
    private String code = "";
    private String parent = "";
    private boolean incident;
    private boolean inDoubt;
    private int rejections;

    /** An action whose compensation is owed. */
    private record Action(String step, int execution) {}

    SagaStory(String sagaId) {
        this.sagaId = sagaId;
    }

    /** Takes the next transition of this saga, written at this instant. */
    void add(SagaTransition next, long at) {
        if (next.getRejection() != null) {
            rejections++;
            expect(next.getRevision() == revision, "a rejection has revision", next);
            expect(next.getEvents().isEmpty(), "a rejection has events, revision", next);
            return;
        }
        expect(
                next.getRevision() == revision + 1,
                "revision " + revision + " is followed by",
                next);
        expect(
                !hasEnded() || next.getPhase().equals(phase) && !goesOn(next),
                "it ended " + phase + " and went on, revision",
                next);
        times.add(at);
        run = next.getRun();
        revision = next.getRevision();
        phase = next.getPhase();
        code = next.getFailure() == null ? code : next.getFailure().getCode();
        next.getEvents().forEach(event -> fold(event, next));
        expect(
                !phase.equals("COMPENSATED") || owed.isEmpty(),
                "it ended compensated and owes " + owed + ", revision",
                next);
    }

    /** What an ended saga still notes, such as a late refusal, is none of these. */
    private static boolean goesOn(SagaTransition next) {
        return next.getEvents().stream().anyMatch(event -> STEPS.contains(event.getType()));
    }

    private void fold(TransitionEvent event, SagaTransition in) {
        switch (event.getType()) {
            case "CommandDecided" -> decide(event, in);
            case "StepRefused", "LateRefusal" ->
                    owed.remove(new Action(event.getStep(), event.getExecution()));
            case "StepGivenUp" -> inDoubt = true;
            case "SagaStarted" -> parent = event.getParent() == null ? "" : event.getParent();
            case "CompensationSucceeded" ->
                    owed.remove(new Action(event.getStep(), event.getCompensates()));
            case "SagaHeld", "IncidentRaised" -> incident = true;
            case "IncidentResolved" -> incident = false;
            default -> {
                // Tells nothing this outsider checks.
            }
        }
    }

    private void decide(TransitionEvent event, SagaTransition in) {
        int execution = event.getExecution();
        decided.add(
                String.join(
                        "/", event.getStep(), event.getDirection(), Integer.toString(execution)));
        if (event.getDirection().equals("action")) {
            if (Boolean.TRUE.equals(event.getCompensatable())) {
                owed.add(new Action(event.getStep(), execution));
            }
            return;
        }
        Action meant = new Action(event.getStep(), event.getCompensates());
        expect(
                !owed.isEmpty() && owed.get(owed.size() - 1).equals(meant),
                "it takes back %s but owes %s, revision".formatted(meant, owed),
                in);
    }

    private void expect(boolean holds, String fault, SagaTransition in) {
        if (!holds) {
            faults.add(fault + " " + in.getRevision());
        }
    }

    public String sagaId() {
        return sagaId;
    }

    /** What is wrong in itself; empty as a rule. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Step, direction and execution of everything decided, in order. */
    List<String> decided() {
        return List.copyOf(decided);
    }

    /** The step that started it, {@code <saga id>/<run>/<step path>/<execution>}; or empty. */
    String parent() {
        return parent;
    }

    long run() {
        return run;
    }

    long revision() {
        return revision;
    }

    public String phase() {
        return phase;
    }

    /** Code of the failure that ended it; empty if none did. */
    String code() {
        return code;
    }

    public boolean hasEnded() {
        return ENDS.contains(phase);
    }

    public boolean hasIncident() {
        return incident;
    }

    /** Whether a step was given up without an answer. */
    public boolean wasInDoubt() {
        return inDoubt;
    }

    public int rejections() {
        return rejections;
    }

    /** When each transition was written, in epoch milliseconds. */
    public long[] times() {
        return times.toArray();
    }
}
