package io.clew.coordinator.rest;

import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads parameters and headers; what cannot be read is a problem that says what was expected. */
final class Params {

    private static final Pattern ENCODED_KEY = Pattern.compile("(?:[\\w.~-]|%[0-9A-F]{2})+");
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*(\\d{1,5})");
    private static final Pattern REVISION = Pattern.compile("(?:W/)?\"?(\\d{1,18})\"?");
    private static final Pattern PLACE = Pattern.compile("(\\d{1,9}):(\\d{1,18})");
    private static final String INDEX = "index.";
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private Params() {}

    /** A saga id as it is, or with its business key in the clear. */
    static SagaId sagaId(String text) {
        int colon = text.indexOf(':');
        try {
            if (colon > 0 && !ENCODED_KEY.matcher(text.substring(colon + 1)).matches()) {
                return SagaId.of(text.substring(0, colon), text.substring(colon + 1));
            }
            return new SagaId(text);
        } catch (IllegalArgumentException bad) {
            throw ProblemException.badRequest("BAD_SAGA_ID", String.valueOf(bad.getMessage()));
        }
    }

    /** Nothing but these, so that a filter with a typing error does not list everything. */
    static void only(UriInfo uri, Set<String> known) {
        for (String name : uri.getQueryParameters().keySet()) {
            if (!known.contains(name) && !(name.startsWith(INDEX) && known.contains(INDEX))) {
                throw ProblemException.badRequest(
                        "UNKNOWN_PARAMETER",
                        "Expected one of " + new TreeSet<>(known) + " but got " + name);
            }
        }
    }

    static Optional<String> text(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name))
                .filter(it -> !it.isEmpty());
    }

    static int limit(UriInfo uri, int standard, int max) {
        Optional<String> text = text(uri, "limit");
        if (text.isEmpty()) {
            return standard;
        }
        try {
            int limit = Integer.parseInt(text.get());
            if (limit >= 1 && limit <= max) {
                return limit;
            }
        } catch (NumberFormatException bad) {
            // Falls through to the one problem both have.
        }
        throw ProblemException.badRequest(
                "BAD_PARAMETER", "Expected limit from 1 to " + max + " but got " + text.get());
    }

    /** Whether something is wished, or not; nothing else than those two words. */
    static boolean flag(UriInfo uri, String name, boolean standard) {
        String word = text(uri, name).orElse(String.valueOf(standard));
        if (!word.equals("true") && !word.equals("false")) {
            throw ProblemException.badRequest(
                    "BAD_PARAMETER", "Expected " + name + " to be true or false but got " + word);
        }
        return word.equals("true");
    }

    /** A version in a path or a query. */
    static int version(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException bad) {
            // Falls through to the one problem both have.
        }
        throw ProblemException.badRequest(
                "BAD_PARAMETER", "Expected a version from 1 but got " + text);
    }

    static Optional<Instant> instant(UriInfo uri, String name) {
        try {
            return text(uri, name).map(Instant::parse);
        } catch (DateTimeParseException bad) {
            throw ProblemException.badRequest(
                    "BAD_PARAMETER",
                    "Expected "
                            + name
                            + " like 2030-01-31T12:00:00Z but got "
                            + bad.getParsedString());
        }
    }

    static Set<Phase> phases(UriInfo uri) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (String list : values(uri, "phase")) {
            for (String word : list.split(",", -1)) {
                try {
                    phases.add(Phase.valueOf(word.trim().toUpperCase(Locale.ROOT)));
                } catch (IllegalArgumentException bad) {
                    throw ProblemException.badRequest(
                            "BAD_PARAMETER",
                            "Expected phase to be of "
                                    + EnumSet.allOf(Phase.class)
                                    + " but got "
                                    + word);
                }
            }
        }
        return phases;
    }

    static Map<String, String> index(UriInfo uri) {
        Map<String, String> index = new TreeMap<>();
        MultivaluedMap<String, String> all = uri.getQueryParameters();
        all.keySet().stream()
                .filter(name -> name.startsWith(INDEX))
                .forEach(name -> index.put(name.substring(INDEX.length()), all.getFirst(name)));
        return index;
    }

    /** How long the caller is ready to wait: {@code Prefer: wait=30}. */
    static Duration preferredWait(@Nullable String prefer) {
        if (prefer == null) {
            return Duration.ZERO;
        }
        Matcher wait = WAIT.matcher(prefer);
        if (!wait.find()) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return asked.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : asked;
    }

    /** What names the request, so that a repeat of it is known as one. */
    static String operationId(HttpHeaders headers) {
        String key = headers.getHeaderString("Idempotency-Key");
        return key == null ? UUID.randomUUID().toString() : key;
    }

    /** Who asks. */
    static String actor(HttpHeaders headers) {
        String actor = headers.getHeaderString("Clew-Actor");
        return actor == null ? "unknown" : actor;
    }

    /** The revision meant by {@code If-Match}; none for {@code *} or without the header. */
    static Optional<Long> revision(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return Optional.empty();
        }
        Matcher revision = REVISION.matcher(ifMatch.strip());
        if (!revision.matches()) {
            throw ProblemException.badRequest(
                    "BAD_HEADER", "Expected If-Match to be a revision but got " + ifMatch);
        }
        return Optional.of(Long.valueOf(revision.group(1)));
    }

    /** A position of the inbox, {@code <partition>:<offset>}. */
    static Optional<PositionParam> position(UriInfo uri, String name) {
        return text(uri, name)
                .map(
                        text -> {
                            Matcher place = PLACE.matcher(text);
                            if (!place.matches()) {
                                throw ProblemException.badRequest(
                                        "BAD_PARAMETER",
                                        "Expected " + name + " like 3:1207 but got " + text);
                            }
                            return new PositionParam(
                                    Integer.parseInt(place.group(1)),
                                    Long.parseLong(place.group(2)));
                        });
    }

    /** A position of the inbox. */
    record PositionParam(int partition, long offset) {

        @Override
        public String toString() {
            return "offset " + offset + " of partition " + partition;
        }
    }

    private static Iterable<String> values(UriInfo uri, String name) {
        return uri.getQueryParameters().getOrDefault(name, List.of());
    }
}
