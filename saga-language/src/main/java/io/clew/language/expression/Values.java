package io.clew.language.expression;

import dev.cel.runtime.CelVariableResolver;
import io.clew.saga.Failure;
import io.clew.saga.MappingException;
import io.clew.saga.SagaId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What the variables of a {@link Vocabulary} stand for in one evaluation. */
public final class Values implements CelVariableResolver {

    private static final Layout SAGA = Layout.of(Vocabulary.SAGA_SCHEMA);
    private static final Layout FAILURE = Layout.of(Vocabulary.FAILURE_SCHEMA);

    private final Vocabulary vocabulary;
    private final Map<String, AvroStruct> outputs = new HashMap<>();
    private final Map<String, Object> others = new HashMap<>();
    private @Nullable AvroStruct event;
    private @Nullable AvroStruct saga;
    private @Nullable AvroStruct failure;

    public Values(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    public void setEvent(GenericRecord record) {
        event = new AvroStruct(vocabulary.layout(Vocabulary.EVENT), record);
    }

    public void setReceived(GenericRecord record) {
        others.put(
                Vocabulary.RECEIVED,
                new AvroStruct(vocabulary.layout(Vocabulary.RECEIVED), record));
    }

    /**
     * Enters a loop: its item is read from the list it goes over, which gives the same for ever.
     *
     * @param index of the item, from 0
     * @throws MappingException if there is no such item
     */
    public void enter(Loop loop, int index) {
        Expression in = loop.in().orElseThrow();
        List<?> items = (List<?>) in.evaluate(this);
        if (index >= items.size()) {
            throw new MappingException(
                    "Expected item "
                            + index
                            + " of '"
                            + in.text()
                            + "' but there are "
                            + items.size());
        }
        others.put(loop.as(), items.get(index));
        setIndex(index);
    }

    /** Enters a loop whose item nobody reads. */
    public void setIndex(int index) {
        others.put(Vocabulary.INDEX, (long) index);
    }

    /** Sets the output of a step; null says that it has none yet. */
    public void setOutput(String step, @Nullable GenericRecord record) {
        Layout layout = vocabulary.outputs().get(step);
        if (layout != null) {
            outputs.put(step, new AvroStruct(layout, record));
        }
    }

    public void setSaga(SagaId id, long run, Instant startedAt) {
        GenericRecord record = new GenericData.Record(Vocabulary.SAGA_SCHEMA);
        record.put("id", id.value());
        record.put("run", run);
        record.put("key", id.businessKey());
        record.put("startedAt", startedAt.toEpochMilli());
        saga = new AvroStruct(SAGA, record);
    }

    public void setFailure(Failure why) {
        GenericRecord record = new GenericData.Record(Vocabulary.FAILURE_SCHEMA);
        record.put("code", why.code());
        record.put("reason", why.reason());
        record.put("step", why.step());
        failure = new AvroStruct(FAILURE, record);
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case Vocabulary.EVENT -> Optional.ofNullable(event);
            case Vocabulary.STEPS -> Optional.of(new StepOutputs(outputs));
            case Vocabulary.SAGA -> Optional.ofNullable(saga);
            case Vocabulary.FAILURE -> Optional.ofNullable(failure);
            default -> Optional.ofNullable(others.get(name));
        };
    }
}
