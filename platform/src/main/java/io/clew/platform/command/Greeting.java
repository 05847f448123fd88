package io.clew.platform.command;

import io.clew.platform.Member;
import java.time.Duration;
import java.util.Locale;

/** What a person reads when the platform is ready. */
final class Greeting {

    private static final double BYTES_PER_GB = 1e9;

    private Greeting() {}

    static String ready(Home home, Duration time, long residentBytes) {
        return String.format(
                        Locale.ROOT,
                        "Clew is ready after %.1f s and takes %.2f GB of memory.%n%n",
                        time.toMillis() / 1000.0,
                        residentBytes / BYTES_PER_GB)
                + addresses(home);
    }

    static String addresses(Home home) {
        return """
        coordinator       %s   (API: /q/openapi, health: /q/health)
        order-service     %s
        payment-service   %s
        shipping-service  %s
        Kafka             127.0.0.1:%d
        schema registry   %s/apis/ccompat/v7
        PostgreSQL        jdbc:postgresql://127.0.0.1:%d/clew   (passwords: %s)

        Place an order (its id is in the answer):
          curl -s -X POST %s/orders -H 'Content-Type: application/json' -d '%s'
        Ask where it is:
          curl -s %s/sagas/order-fulfilment:<order id>
        See orders of every kind:
          ./clew demo

        Stop with Ctrl-C here, or with ./clew down; the data stays until ./clew reset.\
        """
                .formatted(
                        url(Member.COORDINATOR),
                        url(Member.ORDER_SERVICE),
                        url(Member.PAYMENT_SERVICE),
                        url(Member.SHIPPING_SERVICE),
                        Home.port(Member.KAFKA),
                        url(Member.REGISTRY),
                        Home.port(Member.POSTGRES),
                        home.directory().resolve("postgres/passwords.properties"),
                        url(Member.ORDER_SERVICE),
                        DemoOrder.happy().json(),
                        url(Member.COORDINATOR));
    }

    static String url(Member member) {
        return "http://127.0.0.1:" + Home.port(member);
    }
}
