package io.clew.coordinator.definitions;

import io.clew.language.Compilation;
import io.clew.language.CompiledDefinition;
import io.clew.language.DefinitionCompiler;
import io.clew.language.PinnedSchema;
import io.clew.language.SchemaCatalog;
import io.clew.language.WriterSchemas;
import java.util.List;

/** The saga language over the schemas of a registry. */
public final class SagaLanguage implements DefinitionLanguage {

    private final DefinitionCompiler compiler = new DefinitionCompiler();
    private final SchemaCatalog catalog;
    private final WriterSchemas writers;

    public SagaLanguage(SchemaCatalog catalog, WriterSchemas writers) {
        this.catalog = catalog;
        this.writers = writers;
    }

    @Override
    public Compiled compile(String source) {
        return switch (compiler.compile(source, catalog, writers)) {
            case Compilation.Accepted accepted ->
                    new Compiled.Accepted(accepted.definition(), accepted.warnings());
            case Compilation.Refused refused -> new Compiled.Refused(refused.faults());
        };
    }

    @Override
    public CompiledDefinition recompile(String canonical, List<PinnedSchema> schemas) {
        return compiler.recompile(canonical, schemas, writers);
    }
}
