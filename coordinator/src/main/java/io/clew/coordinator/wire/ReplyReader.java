package io.clew.coordinator.wire;

import io.clew.saga.Direction;
import io.clew.saga.InputCodec.Decoded;
import io.clew.saga.Outcome;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaRows;
import java.util.Optional;

/**
 * Reads replies and checks that they answer a command of ours.
 *
 * @param frames whether a result can be read
 * @param tokens the keys command tokens are made with
 * @param rows tells which key a saga started with
 */
record ReplyReader(FrameCheck frames, TokenKeys tokens, SagaRows rows) {
    Decoded read(RawInput raw, HeaderReader headers) {
        Optional<String> saga = headers.find(WireHeaders.SAGA_ID);
        if (saga.isPresent() && !saga.get().equals(raw.key())) {
            return new Decoded.Unreadable(
                    "OTHER_SAGA",
                    "Expected the key of a reply to be its saga but got " + saga.get());
        }
        SagaInput.Reply reply = reply(raw, headers);
        Optional<Decoded> forged = tokenProblem(raw.key(), reply, headers.find(WireHeaders.TOKEN));
        if (forged.isPresent()) {
            return forged.get();
        }
        Optional<Decoded> unreadable =
                reply.outcome() instanceof Outcome.Succeeded done
                        ? done.result().flatMap(frames::problem)
                        : Optional.empty();
        return unreadable.orElseGet(() -> new Decoded.Readable(reply));
    }

    private static SagaInput.Reply reply(RawInput raw, HeaderReader headers) {
        return new SagaInput.Reply(
                headers.number(WireHeaders.RUN, 0),
                headers.text(WireHeaders.STEP),
                direction(headers.text(WireHeaders.DIRECTION)),
                headers.count(WireHeaders.EXECUTION),
                headers.count(WireHeaders.ATTEMPT),
                Outcomes.read(headers, raw.value()));
    }

    private static Direction direction(String name) {
        try {
            return Direction.ofWireName(name);
        } catch (IllegalArgumentException bad) {
            throw new UnreadableException("BAD_HEADER", String.valueOf(bad.getMessage()));
        }
    }

    private Optional<Decoded> tokenProblem(
            String key, SagaInput.Reply reply, Optional<String> token) {
        Optional<String> keyId =
                rows.instance(new SagaId(key))
                        .filter(saga -> saga.run() == reply.run())
                        .flatMap(SagaInstance::tokenKey);
        if (keyId.isEmpty()) {
            return Optional.empty();
        }
        String expected = tokens.token(keyId.get(), reply.commandId(new SagaId(key)));
        boolean good = token.filter(it -> TokenKeys.same(expected, it)).isPresent();
        return good
                ? Optional.empty()
                : Optional.of(
                        new Decoded.Unreadable(
                                "BAD_TOKEN",
                                "Expected the token of the command but got another, or none"));
    }
}
