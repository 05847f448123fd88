package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.PauseRequest;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A wire without a format: a record's value is the number under which its input is kept here. */
public final class PlainWire implements SimulatedWire {
    private static final String FOR_ALL = "all";

    private final List<SagaInput> inputs = new ArrayList<>();
    private final List<PauseRequest> requests = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();

    @Override
    public RawInput encode(SagaId saga, Position position, Instant timestamp, SagaInput input) {
        Bytes value = Bytes.utf8("" + number(inputs, input));
        return new RawInput(saga.value(), position, timestamp, Optional.of(value), List.of());
    }

    @Override
    public RawInput encode(Position position, Instant timestamp, PauseRequest request) {
        Bytes value = Bytes.utf8(FOR_ALL + number(requests, request));
        String key = request.subject().key();
        return new RawInput(key, position, timestamp, Optional.of(value), List.of());
    }

    /** Equal ones have the same. */
    private <T> int number(List<T> kept, T value) {
        return numbers.computeIfAbsent(
                value,
                it -> {
                    kept.add(value);
                    return kept.size() - 1;
                });
    }

    @Override
    public Decoded decode(RawInput raw) {
        if (raw.value().isEmpty()) {
            return new Decoded.Unreadable("NO_VALUE", "the record has no value");
        }
        String number = new String(raw.value().get().array(), StandardCharsets.UTF_8);
        if (number.startsWith(FOR_ALL)) {
            int request = Integer.parseInt(number.substring(FOR_ALL.length()));
            return new Decoded.ForAll(requests.get(request));
        }
        return new Decoded.Readable(inputs.get(Integer.parseInt(number)));
    }

    @Override
    public WireCommand encode(Command command) {
        List<RawInput.Header> headers = new ArrayList<>();
        headers.add(header("id", command.id()));
        headers.add(header("type", command.content().type()));
        headers.add(header("source", "/clew/" + command.definition()));
        headers.add(header("time", command.content().decidedAt().toString()));
        headers.add(header("execution", command.execution().toString()));
        headers.add(header("attempt", String.valueOf(command.attempt())));
        headers.add(header("replypartition", String.valueOf(command.replyPartition())));
        command.content().deadline().ifPresent(it -> headers.add(header("deadline", "" + it)));
        command.tokenKey().ifPresent(it -> headers.add(header("token", it)));
        return new WireCommand(
                command.content().topic(),
                command.saga().value(),
                command.content().value(),
                List.copyOf(headers));
    }

    private static RawInput.Header header(String name, String value) {
        return new RawInput.Header(name, Bytes.utf8(value));
    }
}
