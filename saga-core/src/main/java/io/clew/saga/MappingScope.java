package io.clew.saga;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions can see.
 *
 * @param saga id of the saga
 * @param run its run, epoch milliseconds
 * @param startedAt when it started, in log time
 * @param event the trigger as it stood on its topic
 * @param outputs results of steps by step name, in a loop those of the same item; a step without an
 *     entry has no output yet
 * @param failure why the saga is compensating, set in compensations
 * @param indices of the items of the loops around, the outermost first, from 0
 * @param received what has arrived, where that is asked about
 */
public record MappingScope(
        SagaId saga,
        long run,
        Instant startedAt,
        Bytes event,
        Map<String, Bytes> outputs,
        Optional<Failure> failure,
        List<Integer> indices,
        Optional<Bytes> received) {
    public MappingScope {
        indices = List.copyOf(indices);
    }

    /** Outside of loops. */
    public MappingScope(
            SagaId saga,
            long run,
            Instant startedAt,
            Bytes event,
            Map<String, Bytes> outputs,
            Optional<Failure> failure) {
        this(saga, run, startedAt, event, outputs, failure, List.of(), Optional.empty());
    }
}
