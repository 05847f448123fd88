package io.clew.benchmark.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** Ask about sagas over REST, each caller again as soon as it is answered. */
final class Callers {

    /** How many sagas there are to ask about. */
    static final int SAGAS = 1000;

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int OK = 200;

    private final Plan plan;
    private final String sagas;
    private final Journal journal;
    private final BooleanSupplier loading;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Callers(Plan plan, String sagas, Journal journal, BooleanSupplier loading) {
        this.plan = plan;
        this.sagas = sagas;
        this.journal = journal;
        this.loading = loading;
    }

    void run() {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < plan.load().inFlight(); i++) {
                callers.execute(this::askOnAndOn);
            }
        }
    }

    private void askOnAndOn() {
        while (loading.getAsBoolean()) {
            long asked = System.nanoTime();
            if (ask() == OK) {
                journal.answered(asked);
            } else {
                journal.failed();
            }
        }
    }

    private int ask() {
        String saga = sagas + ThreadLocalRandom.current().nextInt(SAGAS);
        String path =
                switch (plan.load().shape()) {
                    case LIST -> "/sagas?limit=20&index.customerId=" + customer(saga);
                    case STATUS, CLOSED, OPEN, NONE -> "/sagas/" + saga;
                };
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(plan.places().coordinator() + path))
                        .timeout(LIMIT)
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static String customer(String saga) {
        return OrderSchemas.customer(saga.substring(saga.indexOf(':') + 1));
    }
}
