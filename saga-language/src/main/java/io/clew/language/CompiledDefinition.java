package io.clew.language;

import io.clew.saga.SagaDefinition;
import java.util.List;

/**
 * A definition that is ready to run.
 *
 * @param trigger what starts its sagas
 * @param awaits what its awaits take from topics
 * @param children what its steps start of other definitions
 * @param canonical the model as canonical JSON; its hash is in the definition's ref
 * @param schemas every schema it was checked against, by subject
 */
public record CompiledDefinition(
        SagaDefinition definition,
        TriggerSpec trigger,
        List<AwaitSpec> awaits,
        List<ChildStart> children,
        String canonical,
        List<PinnedSchema> schemas) {
    public CompiledDefinition {
        awaits = List.copyOf(awaits);
        children = List.copyOf(children);
        schemas = List.copyOf(schemas);
    }

    /** The subject under which the type of a result or a signal is registered, and pinned. */
    public static String inboxSubject(String type) {
        return Schemas.INBOX + "-" + type;
    }
}
