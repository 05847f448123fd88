package io.clew.order;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** The settings of order-service; addresses are Quarkus' own keys. */
@ConfigMapping(prefix = "clew")
interface OrderConfig {

    /** What the Kafka clients and serializers are given. */
    Map<String, String> kafka();

    /** How long an ended saga's executions are kept: longer than the command topic's retention. */
    @WithDefault("P8D")
    Duration retention();

    /** The saga definition that fulfils orders. */
    @WithDefault("order-fulfilment")
    String definition();
}
