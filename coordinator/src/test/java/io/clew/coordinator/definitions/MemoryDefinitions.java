package io.clew.coordinator.definitions;

import io.clew.saga.DefinitionRef;
import io.clew.schema.DefinitionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definitions topic and its reader, in memory. */
public final class MemoryDefinitions implements AppliedDefinitions, DefinitionLog {

    private final DefinitionBook book = new DefinitionBook();
    private final DefinitionLanguage language;
    private final List<DefinitionRecord> log = new ArrayList<>();

    public MemoryDefinitions(DefinitionLanguage language) {
        this.language = language;
    }

    public void add(AppliedDefinition definition) {
        book.add(definition);
    }

    List<DefinitionRecord> log() {
        return List.copyOf(log);
    }

    @Override
    public long append(DefinitionRecord definition) {
        log.add(definition);
        long offset = log.size() - 1L;
        book.add(DefinitionCodec.applied(definition, offset, language));
        return offset;
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
        return offset < log.size();
    }
}
