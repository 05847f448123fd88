package io.clew.coordinator.definitions;

import io.clew.language.CompiledDefinition;
import io.clew.language.Fault;
import io.clew.language.PinnedSchema;
import java.util.List;

/** Port: the language definitions are written in. */
public interface DefinitionLanguage {

    /**
     * Compiles a text against the newest registered schemas.
     *
     * @throws io.clew.avro.RegistryUnavailableException if the registry does not answer
     */
    Compiled compile(String source);

    /** Compiles what was accepted before, against the schemas pinned then. */
    CompiledDefinition recompile(String canonical, List<PinnedSchema> schemas);

    /** What compiling gave. */
    sealed interface Compiled {

        /** It can run; {@code warnings} are for the person who applies it. */
        record Accepted(CompiledDefinition definition, List<Fault> warnings) implements Compiled {}

        /** It cannot, for each of these reasons. */
        record Refused(List<Fault> faults) implements Compiled {}
    }
}
