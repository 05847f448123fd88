package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.RawInput;
import java.util.List;
import java.util.Optional;

/** Headers as text; of a name that stands there twice the last one counts. */
record HeaderReader(List<RawInput.Header> headers) {
    Optional<String> find(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equals(name)) {
                return Optional.of(new String(headers.get(i).value().array(), UTF_8));
            }
        }
        return Optional.empty();
    }

    String text(String name) {
        String value = find(name).orElse("");
        if (value.isEmpty()) {
            throw new UnreadableException(
                    "MISSING_HEADER", "Expected a header " + name + " but there is none");
        }
        return value;
    }

    long number(String name, long least) {
        String text = text(name);
        try {
            long value = Long.parseLong(text);
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException bad) {
            throw badNumber(name, least, text);
        }
        throw badNumber(name, least, text);
    }

    int count(String name) {
        return (int) Math.min(number(name, 1), Integer.MAX_VALUE);
    }

    private static UnreadableException badNumber(String name, long least, String text) {
        return new UnreadableException(
                "BAD_HEADER",
                "Expected a number from " + least + " in " + name + " but got '" + text + "'");
    }
}
