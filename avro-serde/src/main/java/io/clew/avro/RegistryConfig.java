package io.clew.avro;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;

/**
 * How to reach a schema registry, and how long to try.
 *
 * @param urls base addresses of one registry's nodes, tried in this order
 * @param connectTimeout limit of one connection attempt
 * @param requestTimeout limit of one request
 * @param maxRetries how often all addresses are tried again after they all failed
 * @param retryWait the first pause between two tries; it doubles each time
 * @param maxRetryWait the longest pause between two tries
 * @param userInfo {@code user:password} for basic authentication, or empty
 * @param cacheSize how many answers that are not a schema by id are kept
 */
public record RegistryConfig(
        List<URI> urls,
        Duration connectTimeout,
        Duration requestTimeout,
        int maxRetries,
        Duration retryWait,
        Duration maxRetryWait,
        String userInfo,
        int cacheSize) {

    public RegistryConfig {
        urls = urls.stream().map(RegistryConfig::checked).toList();
        if (urls.isEmpty()) {
            throw new ConfigException("Expected at least one registry address but got none");
        }
        requirePositive(connectTimeout, "connect timeout");
        requirePositive(requestTimeout, "request timeout");
        requirePositive(retryWait, "retry wait");
        requirePositive(maxRetryWait, "longest retry wait");
        Objects.requireNonNull(userInfo, "userInfo");
        if (maxRetries < 0 || maxRetries > 100) {
            throw new ConfigException("Expected 0 to 100 retries but got " + maxRetries);
        }
        if (cacheSize < 1) {
            throw new ConfigException("Expected a cache size of at least 1 but got " + cacheSize);
        }
    }

    /** Defaults for one or more addresses, separated by commas. */
    public static RegistryConfig of(String urls) {
        return from(Map.of(SerdeKeys.SCHEMA_REGISTRY_URL, urls));
    }

    /** Reads Confluent's configuration keys. */
    public static RegistryConfig from(Map<String, ?> configs) {
        return new SerdeKeys(configs).registryConfig();
    }

    /** The same with another limit of retries and another first pause between them. */
    public RegistryConfig withRetries(int retries, Duration wait) {
        return new RegistryConfig(
                urls,
                connectTimeout,
                requestTimeout,
                retries,
                wait,
                maxRetryWait,
                userInfo,
                cacheSize);
    }

    /** The same with other limits of one connection attempt and of one request. */
    public RegistryConfig withTimeouts(Duration connect, Duration request) {
        return new RegistryConfig(
                urls, connect, request, maxRetries, retryWait, maxRetryWait, userInfo, cacheSize);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "RegistryConfig[urls=%s, maxRetries=%d]".formatted(urls, maxRetries);
    }

    private static URI checked(URI url) {
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new ConfigException(
                    "Expected a registry address such as http://host:8081 but got " + url);
        }
        return url;
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new ConfigException(
                    "Expected the %s to be positive but got %s".formatted(name, duration));
        }
    }
}
