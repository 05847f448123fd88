package io.clew.coordinator.definitions;

import io.clew.avro.RegistryClient;
import io.clew.avro.SchemaStatus;
import io.clew.language.PinnedSchema;
import io.clew.language.SchemaCatalog;
import io.clew.language.WriterSchemas;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import java.util.Optional;
import org.apache.avro.Schema;

/** The registry as the language sees it: names looked up when asked, ids never waited for. */
public final class RegistrySchemas implements SchemaCatalog, WriterSchemas {

    private final RegistryClient registry;

    public RegistrySchemas(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Optional<PinnedSchema> latest(String subject) {
        return registry.latest(subject)
                .map(it -> new PinnedSchema(it.subject(), it.id(), it.schema()));
    }

    @Override
    public Schema byId(int id) {
        return switch (registry.prefetch(id)) {
            case SchemaStatus.Present present -> present.schema();
            case SchemaStatus.Pending ignored ->
                    throw new NotYetException("schema " + id + " is being fetched");
            case SchemaStatus.Unavailable away ->
                    throw new NotYetException(
                            "the schema registry does not answer since "
                                    + away.since()
                                    + ", schema "
                                    + id
                                    + " is not here: "
                                    + away.reason());
            case SchemaStatus.Absent absent -> throw new MappingException(absent.reason());
        };
    }
}
