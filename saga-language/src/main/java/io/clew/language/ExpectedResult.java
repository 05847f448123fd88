package io.clew.language;

import io.clew.language.frame.FrameReader;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import io.clew.saga.ResultCheck;
import java.util.Optional;

/** Checks that a result can be read as the schema it is pinned to. */
record ExpectedResult(FrameReader reader) implements ResultCheck {

    @Override
    public Optional<String> problem(Optional<Bytes> result) {
        if (result.isEmpty()) {
            return Optional.of(
                    "Expected a " + reader.pinned().getFullName() + " but the reply has no value");
        }
        try {
            reader.read(result.get());
            return Optional.empty();
        } catch (MappingException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
