package io.clew.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final int MOST_OPEN = 3;
    private static final int CALLS = 20;

    @Test
    void shouldAnswerAllWithOnlySoManyOpenAtOnce() throws IOException, InterruptedException {
        // given
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(
                "/",
                exchange -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    open.decrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        CountDownLatch answered = new CountDownLatch(CALLS);

        // when
        try (Calls calls = new Calls(MOST_OPEN)) {
            for (int i = 0; i < CALLS; i++) {
                calls.send(
                        HttpRequest.newBuilder(uri).build(),
                        (answer, problem) -> answered.countDown());
            }

            // then
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(most.get()).isLessThanOrEqualTo(MOST_OPEN);
        } finally {
            server.stop(0);
        }
    }
}
