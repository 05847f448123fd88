package io.clew.participant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The names of the wire contract, and header values as text. */
final class WireHeaders {
    static final String SPEC_VERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String SOURCE = "ce_source";
    static final String TIME = "ce_time";
    static final String CONTENT_TYPE = "content-type";
    static final String AVRO = "application/vnd.confluent.avro";

    static final String SAGA_PREFIX = "ce_saga";
    static final String SAGA_ID = "ce_sagaid";
    static final String RUN = "ce_sagarun";
    static final String STEP = "ce_sagastep";
    static final String DIRECTION = "ce_sagadirection";
    static final String EXECUTION = "ce_sagaexecution";
    static final String ATTEMPT = "ce_sagaattempt";
    static final String COMPENSATES = "ce_sagacompensates";
    static final String REPLY_TOPIC = "ce_sagareplytopic";
    static final String REPLY_PARTITION = "ce_sagareplypartition";
    static final String DEADLINE = "ce_sagadeadline";
    static final String KIND = "ce_sagakind";
    static final String OUTCOME = "ce_sagaoutcome";
    static final String CODE = "ce_sagacode";
    static final String REASON = "ce_sagareason";

    static final String TRACE_PARENT = "traceparent";
    static final String TRACE_STATE = "tracestate";

    private WireHeaders() {}

    static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
