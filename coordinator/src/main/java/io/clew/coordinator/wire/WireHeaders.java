package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;

/** Every header name of the wire contract and of the inbox, and the words that stand in them. */
public final class WireHeaders {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String TIME = "ce_time";
    public static final String CONTENT_TYPE = "content-type";
    public static final String AVRO = "application/vnd.confluent.avro";

    public static final String SAGA_ID = "ce_sagaid";
    public static final String RUN = "ce_sagarun";
    public static final String STEP = "ce_sagastep";
    public static final String DIRECTION = "ce_sagadirection";
    public static final String EXECUTION = "ce_sagaexecution";
    public static final String ATTEMPT = "ce_sagaattempt";
    public static final String COMPENSATES = "ce_sagacompensates";
    public static final String REPLY_TOPIC = "ce_sagareplytopic";
    public static final String REPLY_PARTITION = "ce_sagareplypartition";
    public static final String DEADLINE = "ce_sagadeadline";
    public static final String TOKEN = "ce_sagatoken";

    public static final String KIND = "ce_sagakind";
    public static final String KIND_REPLY = "reply";
    public static final String KIND_TRIGGER = "trigger";
    public static final String KIND_TIMER = "timer";
    public static final String KIND_INTERVENTION = "intervention";
    public static final String KIND_PAUSE = "pause";
    public static final String KIND_EVENT = "event";
    public static final String KIND_SIGNAL = "signal";

    /** On a command to a child, and on what stands beside it on its topic: its definition. */
    public static final String CHILD = "ce_sagachild";

    /** On what a parent says to its child: the step that started it, as {@code Parent.text()}. */
    public static final String PARENT = "ce_sagaparent";

    public static final String PARENT_TOKEN_KEY = "ce_sagaparenttokenkey";
    public static final String KIND_TAKE_BACK = "take-back";
    public static final String KIND_PARENT_ENDED = "parent-ended";

    /** On an event that is awaited: the topic it stood on. */
    public static final String FROM_TOPIC = "ce_sagafrom";

    /** On a signal: its name. */
    public static final String SIGNAL = "ce_sagasignal";

    public static final String OUTCOME = "ce_sagaoutcome";
    public static final String CODE = "ce_sagacode";
    public static final String REASON = "ce_sagareason";

    /** On a trigger: name, version and content hash of the definition it was stamped with. */
    public static final String DEFINITION = "ce_sagadefinition";

    public static final String VERSION = "ce_sagaversion";
    public static final String HASH = "ce_sagahash";

    /** On a trigger: the rules of the machine its saga follows. */
    public static final String LOGIC = "ce_sagalogic";

    /** On a trigger: id of the key its command tokens are made with. */
    public static final String TOKEN_KEY = "ce_sagatokenkey";

    /** On a trigger: a JSON object of index attributes. */
    public static final String INDEX = "ce_sagaindex";

    /** On a timer: the instant its row stood for, in epoch milliseconds. */
    public static final String DUE_AT = "ce_sagadueat";

    public static final String TRACE_PARENT = "traceparent";

    public static final String DLT_CAUSE = "clew_dlt_cause";
    public static final String DLT_REASON = "clew_dlt_reason";
    public static final String DLT_TOPIC = "clew_dlt_topic";
    public static final String DLT_PARTITION = "clew_dlt_partition";
    public static final String DLT_OFFSET = "clew_dlt_offset";
    public static final String DLT_TIME = "clew_dlt_time";

    private WireHeaders() {}

    static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    static void put(Headers headers, String name, long value) {
        put(headers, name, Long.toString(value));
    }
}
