package io.clew.saga;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions can see.
 *
 * @param saga id of the saga
 * @param run its run, epoch milliseconds
 * @param startedAt when it started, in log time
 * @param event the trigger as it stood on its topic
 * @param outputs results of steps by step name; a step without an entry has no output yet
 * @param failure why the saga is compensating, set in compensations
 */
public record MappingScope(
        SagaId saga,
        long run,
        Instant startedAt,
        Bytes event,
        Map<String, Bytes> outputs,
        Optional<Failure> failure) {}
