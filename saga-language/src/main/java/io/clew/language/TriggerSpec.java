package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.Values;
import io.clew.language.expression.Vocabulary;
import io.clew.language.frame.FrameReader;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
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

    /** The expressions over the event. */
    record Readings(Vocabulary vocabulary, BusinessKey key, Map<String, Expression> index) {}

    private final String topic;
    private final FrameReader reader;
    private final Readings readings;

    TriggerSpec(String topic, FrameReader reader, Readings readings) {
        this.topic = topic;
        this.reader = reader;
        this.readings = readings;
    }

    /** Where the event is published. */
    public String topic() {
        return topic;
    }

    /** Full name of the event's record. */
    public String eventType() {
        return reader.pinned().getFullName();
    }

    /** Whether both are started by the same events, with the same keys. */
    public boolean startsAs(TriggerSpec other) {
        return topic.equals(other.topic)
                && eventType().equals(other.eventType())
                && readings.key()
                        .expression()
                        .text()
                        .equals(other.readings.key().expression().text());
    }

    /**
     * Reads an event.
     *
     * @param framedEvent the value of its record
     * @throws MappingException if it cannot be read, or gives no usable key
     * @throws io.clew.saga.NotYetException if its schema cannot be had at present
     */
    public Started evaluate(Bytes framedEvent) {
        Values values = new Values(readings.vocabulary());
        values.setEvent(reader.read(framedEvent));
        String businessKey = readings.key().of(values);
        Map<String, String> attributes = new TreeMap<>();
        readings.index()
                .forEach(
                        (name, it) ->
                                attribute(it, values).ifPresent(v -> attributes.put(name, v)));
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
