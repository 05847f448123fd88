package io.clew.platform.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.platform.Member;
import io.clew.platform.PlatformException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code clew demo}: places an order of every kind and shows each saga as it goes. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Place an order of every kind and show each saga as it runs.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Set<String> ENDED = Set.of("COMPLETED", "COMPENSATED", "ABANDONED");

    private final PrintStream out = System.out;
    private final RestClient rest = new RestClient();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean all = true;
        for (DemoOrder order : DemoOrder.all()) {
            out.println("== " + order.title());
            all &= follow(place(order), order.phase());
            out.println();
        }
        return all ? 0 : 1;
    }

    private String place(DemoOrder order) throws IOException, InterruptedException {
        JsonNode answer = rest.post(Greeting.url(Member.ORDER_SERVICE) + "/orders", order.json());
        String orderId = answer.path("orderId").asText();
        if (orderId.isEmpty()) {
            throw new PlatformException("Expected an orderId but got " + answer);
        }
        return orderId;
    }

    private boolean follow(String orderId, String expected)
            throws IOException, InterruptedException {
        String saga = "order-fulfilment:" + orderId;
        String uri = Greeting.url(Member.COORDINATOR) + "/sagas/" + saga;
        out.println("   saga " + saga);
        Instant end = Instant.now().plus(LIMIT);
        int shown = 0;
        while (Instant.now().isBefore(end)) {
            // The status comes first: a timeline read after it holds all that led to it.
            String phase = rest.get(uri).path("phase").asText();
            JsonNode entries = rest.get(uri + "/timeline").path("entries");
            for (; shown < entries.size(); shown++) {
                TimelineLines.of(entries.get(shown)).forEach(out::println);
            }
            if (ENDED.contains(phase)) {
                boolean asExpected = phase.equals(expected);
                out.println("   => " + phase + (asExpected ? "" : ", but expected " + expected));
                return asExpected;
            }
            Thread.sleep(PAUSE);
        }
        out.println("   => did not end within %d s".formatted(LIMIT.toSeconds()));
        return false;
    }
}
