package io.clew.platform;

import java.util.List;
import java.util.Locale;

/** What a platform is made of; the address of each can be overridden by an environment variable. */
public enum Member {
    KAFKA(9092),
    REGISTRY(8081),
    POSTGRES(15432),
    COORDINATOR(8080),
    ORDER_SERVICE(8091, "orders"),
    PAYMENT_SERVICE(8092, "payments"),
    SHIPPING_SERVICE(8093, "shipping");

    private final int defaultPort;
    private final String role;

    Member(int defaultPort) {
        this(defaultPort, "");
    }

    Member(int defaultPort, String role) {
        this.defaultPort = defaultPort;
        this.role = role;
    }

    /** The reference participants. */
    public static List<Member> services() {
        return List.of(ORDER_SERVICE, PAYMENT_SERVICE, SHIPPING_SERVICE);
    }

    /** The name in messages and of the log; for an app also its module directory. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** The environment variable that overrides the port. */
    public String portVariable() {
        return "CLEW_%s_PORT".formatted(name());
    }

    /** The service's role and schema in PostgreSQL; empty for what is no service. */
    public String role() {
        return role;
    }
}
