package io.clew.benchmark.load;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Places orders at the order service. */
final class RestStarter implements Starter {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ACCEPTED = 202;

    private final Calls calls = new Calls();
    private final URI orders;
    private final String prefix;
    private volatile @Nullable IllegalStateException failure;

    RestStarter(String orders, String prefix) {
        this.orders = URI.create(orders + "/orders");
        this.prefix = prefix;
    }

    @Override
    public void start(long saga, boolean refuse, Runnable accepted) {
        IllegalStateException before = failure;
        if (before != null) {
            throw before;
        }
        String order = Orders.json(prefix + saga, refuse);
        calls.send(
                HttpRequest.newBuilder(orders)
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(order))
                        .build(),
                (answer, problem) -> {
                    if (answer != null && answer.statusCode() == ACCEPTED) {
                        accepted.run();
                    } else {
                        failure =
                                new IllegalStateException(
                                        "Expected an order to be accepted but got "
                                                + (answer == null ? problem : answer.body()));
                    }
                });
    }

    @Override
    public void close() {
        calls.close();
    }
}
