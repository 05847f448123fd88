package io.clew.benchmark.load;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * HTTP calls that nobody waits for. Each takes a connection while it is open, so only so many are:
 * others wait for their turn, and what they wait is part of what is measured.
 */
final class Calls implements AutoCloseable {

    /** A connection is an open file at both ends, and a process may have some thousands. */
    private static final int MOST_OPEN = 2000;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final Semaphore room;
    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();

    Calls() {
        this(MOST_OPEN);
    }

    Calls(int mostOpen) {
        room = new Semaphore(mostOpen);
    }

    /** Gets the answer, or why there is none. */
    interface Taker {
        void answered(@Nullable HttpResponse<String> answer, @Nullable Throwable problem);
    }

    private record Call(HttpRequest request, Taker taker) {}

    /** Never blocks. */
    void send(HttpRequest request, Taker taker) {
        waiting.add(new Call(request, taker));
        sendWaiting();
    }

    private void sendWaiting() {
        while (!waiting.isEmpty() && room.tryAcquire()) {
            Call next = waiting.poll();
            if (next == null) {
                room.release();
            } else {
                send(next);
            }
        }
    }

    private void send(Call call) {
        var unused =
                client.sendAsync(call.request(), HttpResponse.BodyHandlers.ofString())
                        .whenComplete(
                                (answer, problem) -> {
                                    room.release();
                                    call.taker().answered(answer, problem);
                                    sendWaiting();
                                });
    }

    @Override
    public void close() {
        waiting.clear();
        client.shutdownNow();
    }
}
