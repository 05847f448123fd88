package io.clew.coordinator.definitions;

import io.clew.language.Fault;
import io.clew.language.PinnedSchema;
import io.clew.language.SchemaCatalog;
import java.util.List;
import java.util.Optional;

/**
 * Tells of applied definitions whether they would be accepted again, as they were written, with the
 * newest registered schemas. What runs is not touched by it: it keeps the schemas it was pinned to.
 */
public final class SchemaCheck {

    private final DefinitionLanguage language;
    private final SchemaCatalog newest;

    public SchemaCheck(DefinitionLanguage language, SchemaCatalog newest) {
        this.language = language;
        this.newest = newest;
    }

    /**
     * What is found of one definition.
     *
     * @param changed subjects with a newer schema, or none any more
     * @param faults why it would be refused, with their places in its text; empty if it would not
     */
    public record Checked(AppliedDefinition definition, List<Changed> changed, List<Fault> faults) {
        public Checked {
            changed = List.copyOf(changed);
            faults = List.copyOf(faults);
        }
    }

    /**
     * A schema that is not the one a definition is pinned to.
     *
     * @param newestId empty if the subject is gone
     */
    public record Changed(String subject, int pinnedId, Optional<Integer> newestId) {}

    /**
     * Checks these definitions, in their order. Asks the registry several times for each.
     *
     * @throws io.clew.avro.RegistryUnavailableException if it does not answer
     */
    public List<Checked> check(List<AppliedDefinition> definitions) {
        return definitions.stream().map(this::check).toList();
    }

    private Checked check(AppliedDefinition applied) {
        List<Changed> changed =
                applied.compiled().schemas().stream()
                        .flatMap(pinned -> changed(pinned).stream())
                        .toList();
        List<Fault> faults =
                switch (language.compile(applied.source())) {
                    case DefinitionLanguage.Compiled.Accepted ignored -> List.of();
                    case DefinitionLanguage.Compiled.Refused refused -> refused.faults();
                };
        return new Checked(applied, changed, faults);
    }

    private Optional<Changed> changed(PinnedSchema pinned) {
        Optional<Integer> id = newest.latest(pinned.subject()).map(PinnedSchema::id);
        return id.equals(Optional.of(pinned.id()))
                ? Optional.empty()
                : Optional.of(new Changed(pinned.subject(), pinned.id(), id));
    }
}
