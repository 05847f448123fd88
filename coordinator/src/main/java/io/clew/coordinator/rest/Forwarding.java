package io.clew.coordinator.rest;

import io.clew.coordinator.query.Peers;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands a request to the instance that owns the saga, and its answer back as it is. */
final class Forwarding {

    private static final List<String> PASSED_ON =
            List.of(
                    "Accept",
                    "Content-Type",
                    "Prefer",
                    "If-Match",
                    "Idempotency-Key",
                    "Clew-Actor",
                    "traceparent");

    private final Peers peers;

    Forwarding(Peers peers) {
        this.peers = peers;
    }

    static boolean isForwarded(HttpHeaders headers) {
        return headers.getHeaderString(Peers.FORWARDED) != null;
    }

    /**
     * A request as it came in.
     *
     * @param body its body, may be empty
     * @param patience how long the answer may take on purpose
     */
    record Call(UriInfo uri, HttpHeaders headers, String body, Duration patience) {}

    /** The first answer of these nodes; empty if none of them answers. */
    Optional<Response> forward(List<URI> nodes, String method, Call call) {
        URI asked = call.uri().getRequestUri();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        Map<String, String> passed = new HashMap<>();
        for (String name : PASSED_ON) {
            String value = call.headers().getHeaderString(name);
            if (value != null) {
                passed.put(name, value);
            }
        }
        return peers.ask(
                        nodes,
                        new Peers.Ask(
                                method,
                                asked.getRawPath() + query,
                                passed,
                                call.body(),
                                call.patience()))
                .map(Forwarding::response);
    }

    private static Response response(Peers.Reply reply) {
        Response.ResponseBuilder response = Response.status(reply.status()).entity(reply.body());
        reply.headers().forEach(response::header);
        return response.build();
    }
}
