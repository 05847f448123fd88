package io.clew.language;

import io.clew.language.expression.Values;
import io.clew.language.expression.Vocabulary;
import io.clew.language.frame.FrameReader;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;

/** What an await takes from a topic: an event, and which saga each is for. */
public final class AwaitSpec {

    private final String name;
    private final String topic;
    private final FrameReader reader;
    private final Vocabulary vocabulary;
    private final BusinessKey key;

    AwaitSpec(
            String name, String topic, FrameReader reader, Vocabulary vocabulary, BusinessKey key) {
        this.name = name;
        this.topic = topic;
        this.reader = reader;
        this.vocabulary = vocabulary;
        this.key = key;
    }

    /** Name of the await, unique in its definition. */
    public String name() {
        return name;
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
     * The business key of the saga an event is for.
     *
     * @param framedEvent the value of its record
     * @throws MappingException if it cannot be read, or gives no usable key
     * @throws io.clew.saga.NotYetException if its schema cannot be had at present
     */
    public String key(Bytes framedEvent) {
        Values values = new Values(vocabulary);
        values.setReceived(reader.read(framedEvent));
        return key.of(values);
    }
}
