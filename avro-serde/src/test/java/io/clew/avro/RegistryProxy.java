package io.clew.avro;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands in front of the real registry, counts what is asked, and can be taken away. */
final class RegistryProxy implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final URI target;
    private final InetSocketAddress address;
    private HttpServer server;

    RegistryProxy(String target) {
        this.target = URI.create(target);
        this.server = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.address = server.getAddress();
    }

    String url() {
        return "http://127.0.0.1:" + address.getPort() + target.getPath();
    }

    List<String> requests() {
        return requests;
    }

    /** From now on connections are refused. */
    void goAway() {
        server.stop(0);
    }

    void comeBack() {
        server = listen(address);
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }

    private HttpServer listen(InetSocketAddress at) {
        try {
            var started = HttpServer.create(at, 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/", this::forward);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            requests.add(
                    exchange.getRequestMethod() + " " + path.substring(target.getPath().length()));
            var body = exchange.getRequestBody().readAllBytes();
            var request =
                    HttpRequest.newBuilder(target.resolve(path))
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(body))
                            .header("Content-Type", FakeRegistry.JSON)
                            .build();
            var response = client.send(request, BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(
                    response.statusCode(),
                    response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
