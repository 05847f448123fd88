package io.clew.coordinator.wire;

import io.clew.avro.SchemaStatus;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.InputCodec;
import io.clew.saga.NotYetException;
import io.clew.saga.ParentCall;
import io.clew.saga.RawInput;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaRows;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads what stands on the inbox. */
public final class InputReader implements InputCodec {
    private final FrameCheck frames;
    private final ReplyReader replies;

    /**
     * @param schemas what is known about a schema id, without blocking
     * @param tokens the keys command tokens are made with
     * @param rows tells which key a saga started with
     */
    public InputReader(IntFunction<SchemaStatus> schemas, TokenKeys tokens, SagaRows rows) {
        this.frames = new FrameCheck(schemas);
        this.replies = new ReplyReader(frames, tokens, rows);
    }

    @Override
    public Decoded decode(RawInput raw) {
        HeaderReader headers = new HeaderReader(raw.headers());
        try {
            String kind = headers.text(WireHeaders.KIND);
            return switch (kind) {
                case WireHeaders.KIND_REPLY -> replies.read(raw, headers);
                case WireHeaders.KIND_TRIGGER -> trigger(raw, headers);
                case WireHeaders.KIND_EVENT, WireHeaders.KIND_SIGNAL -> arrived(raw, headers);
                case WireHeaders.KIND_TIMER -> timer(headers);
                case WireHeaders.KIND_TAKE_BACK -> new Decoded.Readable(takeBack(headers));
                case WireHeaders.KIND_PARENT_ENDED ->
                        new Decoded.Readable(
                                new SagaInput.ParentEnded(KinReader.parentOf(headers)));
                case WireHeaders.KIND_INTERVENTION ->
                        new Decoded.Readable(InterventionJson.read(value(raw)));
                case WireHeaders.KIND_PAUSE -> new Decoded.ForAll(PauseJson.read(value(raw)));
                default ->
                        new Decoded.Unreadable(
                                "UNKNOWN_KIND", "No input of kind '" + kind + "' is known");
            };
        } catch (UnreadableException bad) {
            return new Decoded.Unreadable(bad.code(), bad.reason());
        } catch (NotYetException wait) {
            return new Decoded.NotYet(String.valueOf(wait.getMessage()));
        }
    }

    @Override
    public boolean isIntervention(RawInput raw) {
        return new HeaderReader(raw.headers())
                .find(WireHeaders.KIND)
                .filter(WireHeaders.KIND_INTERVENTION::equals)
                .isPresent();
    }

    private Decoded trigger(RawInput raw, HeaderReader headers) {
        Bytes event = value(raw);
        SagaInput.Trigger trigger =
                new SagaInput.Trigger(
                        new DefinitionRef(
                                headers.text(WireHeaders.DEFINITION),
                                headers.count(WireHeaders.VERSION),
                                headers.text(WireHeaders.HASH)),
                        headers.count(WireHeaders.LOGIC),
                        event,
                        headers.find(WireHeaders.INDEX).map(IndexJson::read).orElse(Map.of()),
                        headers.find(WireHeaders.TOKEN_KEY),
                        headers.find(WireHeaders.TRACE_PARENT),
                        KinReader.parent(headers)
                                .map(it -> new ParentCall(it, headers.count(WireHeaders.ATTEMPT))));
        Optional<Decoded> problem = frames.problem(event);
        return problem.orElseGet(() -> new Decoded.Readable(trigger));
    }

    private Decoded arrived(RawInput raw, HeaderReader headers) {
        Bytes value = value(raw);
        SagaInput arrived = new SagaInput.Arrived(ArrivalWriter.read(headers, value));
        return frames.problem(value).orElseGet(() -> new Decoded.Readable(arrived));
    }

    private static SagaInput takeBack(HeaderReader headers) {
        return new SagaInput.TakeBack(
                KinReader.parentOf(headers),
                headers.count(WireHeaders.EXECUTION),
                headers.count(WireHeaders.ATTEMPT));
    }

    private static Decoded timer(HeaderReader headers) {
        long dueAt = headers.number(WireHeaders.DUE_AT, 0);
        return new Decoded.Readable(new SagaInput.TimerFired(Instant.ofEpochMilli(dueAt)));
    }

    private static Bytes value(RawInput raw) {
        return raw.value()
                .orElseThrow(
                        () -> new UnreadableException("NO_VALUE", "Expected a value but got null"));
    }
}
