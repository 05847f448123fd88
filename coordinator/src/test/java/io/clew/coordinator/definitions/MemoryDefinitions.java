package io.clew.coordinator.definitions;

import io.clew.saga.DefinitionRef;
import io.clew.schema.DefinitionRecord;
import io.clew.schema.RolloutRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The definitions topic and its reader, in memory. */
public final class MemoryDefinitions implements AppliedDefinitions, DefinitionLog, RolloutLog {

    private final DefinitionBook book = new DefinitionBook();
    private final DefinitionLanguage language;
    private final List<DefinitionRecord> log = new ArrayList<>();
    private long offsets;

    public MemoryDefinitions(DefinitionLanguage language) {
        this.language = language;
    }

    public void add(AppliedDefinition definition) {
        book.add(definition, true);
    }

    /** A version that is active elsewhere. */
    public void addUnusable(String name, int version) {
        DefinitionRef ref = new DefinitionRef(name, version, "other");
        book.addUnusable(ref, offsets++, "needs a newer release", true);
    }

    /** From now on the versions of a name are rolled out like this. */
    public void wish(String name, Rollout.Wish wish) {
        book.wish(name, wish, offsets++);
    }

    List<DefinitionRecord> log() {
        return List.copyOf(log);
    }

    @Override
    public long append(DefinitionRecord definition) {
        log.add(definition);
        long offset = offsets++;
        book.add(DefinitionCodec.applied(definition, offset, language), definition.getActivate());
        return offset;
    }

    @Override
    public long append(RolloutRecord rollout) {
        wish(rollout.getName(), DefinitionCodec.wish(rollout));
        return offsets - 1;
    }

    @Override
    public Rollout rollout(String name) {
        return book.rollout(name);
    }

    @Override
    public Map<String, Rollout> rollouts() {
        return book.rollouts();
    }

    @Override
    public Optional<AppliedDefinition> applied(DefinitionRef ref) {
        return book.find(ref);
    }

    @Override
    public Optional<AppliedDefinition> get(String name, int version) {
        return book.get(name, version);
    }

    @Override
    public List<AppliedDefinition> versions(String name) {
        return book.versions(name);
    }

    @Override
    public List<String> names() {
        return book.names();
    }

    @Override
    public List<AppliedDefinition> all() {
        return book.all();
    }

    @Override
    public Optional<String> taken(String name, int version) {
        return book.taken(name, version);
    }

    @Override
    public boolean caughtUp() {
        return true;
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public boolean awaitRead(long offset, Duration limit) {
        return offset < offsets;
    }
}
