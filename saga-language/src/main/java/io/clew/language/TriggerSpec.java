package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.Values;
import io.clew.language.expression.Vocabulary;
import io.clew.language.frame.FrameReader;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import io.clew.saga.SagaId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What starts the sagas of a definition: an event on a topic, its key and its attributes. */
public final class TriggerSpec {

    private static final int MAX_ATTRIBUTE = 256;

    /**
     * What an event starts.
     *
     * @param key the saga's business key
     * @param index attributes to find the saga by; one whose value is unset is left out
     */
    public record Started(String key, Map<String, String> index) {
        public Started {
            index = Map.copyOf(index);
        }
    }

    private final String definition;
    private final String topic;
    private final FrameReader reader;
    private final Vocabulary vocabulary;
    private final Expression key;
    private final Map<String, Expression> index;

    TriggerSpec(
            String definition,
            String topic,
            FrameReader reader,
            Vocabulary vocabulary,
            Expression key,
            Map<String, Expression> index) {
        this.definition = definition;
        this.topic = topic;
        this.reader = reader;
        this.vocabulary = vocabulary;
        this.key = key;
        this.index = new TreeMap<>(index);
    }

    /** Where the event is published. */
    public String topic() {
        return topic;
    }

    /** Full name of the event's record. */
    public String eventType() {
        return reader.pinned().getFullName();
    }

    /**
     * Reads an event.
     *
     * @param framedEvent the value of its record
     * @throws MappingException if it cannot be read, or gives no usable key
     * @throws io.clew.saga.NotYetException if its schema cannot be had at present
     */
    public Started evaluate(Bytes framedEvent) {
        Values values = new Values(vocabulary);
        values.setEvent(reader.read(framedEvent));
        Object found = key.evaluate(values);
        String businessKey = found.toString();
        try {
            SagaId.of(definition, businessKey);
        } catch (IllegalArgumentException e) {
            throw new MappingException("'" + key.text() + "': " + e.getMessage(), e);
        }
        Map<String, String> attributes = new TreeMap<>();
        index.forEach((name, it) -> attribute(it, values).ifPresent(v -> attributes.put(name, v)));
        return new Started(businessKey, attributes);
    }

    private static Optional<String> attribute(Expression expression, Values values) {
        Object value = expression.evaluate(values);
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (present == null) {
            return Optional.empty();
        }
        String text = present.toString();
        if (text.length() > MAX_ATTRIBUTE) {
            throw new MappingException(
                    "Expected at most "
                            + MAX_ATTRIBUTE
                            + " characters of '"
                            + expression.text()
                            + "' but got "
                            + text.length());
        }
        return Optional.of(text);
    }
}
