package io.clew.benchmark.load;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks for the status of a saga and is answered when it has ended. */
final class PushWatch {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int PAUSE_MS = 100;

    private final Calls calls = new Calls();
    private final String sagas;
    private final Consumer<Target.End> listener;

    PushWatch(String coordinator, String sagaPrefix, Consumer<Target.End> listener) {
        this.sagas = coordinator + "/sagas/" + sagaPrefix;
        this.listener = listener;
    }

    /** Never blocks; what gets no answer, or one that is no end, is asked for again. */
    void watch(long saga) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(sagas + saga))
                        .timeout(LIMIT)
                        .header("Prefer", "wait=30")
                        .header("Accept", "application/json")
                        .GET()
                        .build();
        calls.send(
                request,
                (response, failure) -> {
                    if (response != null) {
                        answered(saga, response.body());
                    } else {
                        again(saga);
                    }
                });
    }

    private void again(long saga) {
        CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS)
                .execute(() -> watch(saga));
    }

    private void answered(long saga, String status) {
        if (status.contains("\"phase\":\"COMPLETED\"")) {
            listener.accept(new Target.End(saga, false, 0));
        } else if (status.contains("\"phase\":\"COMPENSATED\"")) {
            listener.accept(new Target.End(saga, true, 0));
        } else {
            again(saga);
        }
    }
}
