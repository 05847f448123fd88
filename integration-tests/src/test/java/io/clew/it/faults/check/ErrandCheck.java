package io.clew.it.faults.check;

import io.clew.it.faults.load.ClerkBooks.Effect;
import io.clew.it.faults.load.ErrandKind;
import io.clew.it.faults.load.Errands;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Whether errands and their children ended as they may, and the clerk did what that says. */
public final class ErrandCheck {
    private final Map<String, ErrandKind> asked;
    private final Map<String, SagaStory> stories;
    private final Function<String, List<Effect>> books;
    private final Consumer<Finding> findings;

    /**
     * @param asked by id of the errand
     * @param stories by saga id
     * @param books what the clerk has done, by saga id
     */
    ErrandCheck(
            Map<String, ErrandKind> asked,
            Map<String, SagaStory> stories,
            Function<String, List<Effect>> books,
            Consumer<Finding> findings) {
        this.asked = asked;
        this.stories = stories;
        this.books = books;
        this.findings = findings;
    }

    /** Each errand has one saga, its children end as it does, and there are no others. */
    void check() {
        asked.forEach(this::errand);
        Map<String, String> childOf = new HashMap<>();
        Set<String> known = new HashSet<>();
        asked.keySet().forEach(id -> known.add(Errands.sagaId(id)));
        for (SagaStory story : stories.values()) {
            if (Errands.isErrand(story.sagaId()) && !known.contains(story.sagaId())) {
                wrong(story, "nobody asked");
            }
            if (Errands.isChild(story.sagaId())) {
                String before = childOf.put(story.parent(), story.sagaId());
                if (before != null) {
                    found(Finding.Kind.DOUBLED, story, "it and " + before + " have one parent");
                }
                child(story);
            }
        }
        completedHaveChildren(childOf);
    }

    private void errand(String id, ErrandKind kind) {
        SagaStory story = stories.get(Errands.sagaId(id));
        if (story == null) {
            findings.accept(new Finding(Finding.Kind.LOST, Errands.sagaId(id), "it never started"));
        } else if (hasEnded(story)) {
            if (!fits(kind, story)) {
                wrong(story, "%s ended %s %s".formatted(kind, story.phase(), story.code()));
            }
            effects(story, Errands.STEPS);
        }
    }

    private static boolean fits(ErrandKind kind, SagaStory story) {
        return switch (story.phase()) {
            case "COMPLETED" -> kind.completes();
            case "COMPENSATED" ->
                    kind.mayFailWith(story.code())
                            || story.wasInDoubt() && SagaCheck.GIVEN_UP.contains(story.code());
            default -> false;
        };
    }

    private boolean hasEnded(SagaStory story) {
        if (!story.hasEnded() && !story.hasIncident()) {
            found(Finding.Kind.LOST, story, "it is stuck " + story.phase());
        }
        return story.hasEnded();
    }

    private void child(SagaStory story) {
        SagaStory parent = stories.get(parentOf(story));
        if (parent == null) {
            wrong(story, "its parent " + story.parent() + " is not there");
        } else if (hasEnded(story)) {
            if (parent.hasEnded() && !parent.phase().equals(story.phase())) {
                wrong(story, "it ended %s, its parent %s".formatted(story.phase(), parent.phase()));
            }
            effects(story, List.of(Errands.PACKED));
        }
    }

    private static String parentOf(SagaStory story) {
        int end = story.parent().indexOf('/');
        return end < 0 ? "" : story.parent().substring(0, end);
    }

    private void completedHaveChildren(Map<String, String> childOf) {
        Set<String> parents = new HashSet<>();
        childOf.values().forEach(id -> parents.add(parentOf(stories.get(id))));
        stories.values().stream()
                .filter(it -> Errands.isErrand(it.sagaId()) && it.phase().equals("COMPLETED"))
                .filter(it -> !parents.contains(it.sagaId()))
                .forEach(it -> wrong(it, "it completed and has no child"));
    }

    /** A step is done once if its saga completed, else once and then taken back, or never. */
    private void effects(SagaStory story, List<String> steps) {
        Map<String, Integer> done = new HashMap<>();
        Map<String, Integer> undone = new HashMap<>();
        for (Effect effect : books.apply(story.sagaId())) {
            if (effect.undo() && !done.containsKey(effect.step())) {
                wrong(story, effect.step() + " was taken back before it was done");
            }
            (effect.undo() ? undone : done).merge(effect.step(), 1, Integer::sum);
        }
        List.of(done, undone)
                .forEach(
                        all ->
                                all.forEach(
                                        (step, times) -> {
                                            if (times > 1) {
                                                twice(story, step, times);
                                            }
                                        }));
        boolean completed = story.phase().equals("COMPLETED");
        Set<String> stands = completed ? Set.copyOf(steps) : undone.keySet();
        if (!done.keySet().equals(stands) || completed && !undone.isEmpty()) {
            wrong(
                    story,
                    "it ended %s, and done is %s, taken back %s"
                            .formatted(story.phase(), done.keySet(), undone.keySet()));
        }
    }

    private void twice(SagaStory story, String step, int times) {
        found(Finding.Kind.DOUBLED, story, "%s took effect %d times".formatted(step, times));
    }

    private void wrong(SagaStory story, String text) {
        found(Finding.Kind.WRONG, story, text);
    }

    private void found(Finding.Kind kind, SagaStory story, String text) {
        findings.accept(new Finding(kind, story.sagaId(), text));
    }
}
