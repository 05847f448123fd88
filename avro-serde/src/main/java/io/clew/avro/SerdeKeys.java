package io.clew.avro;

import static java.util.function.Predicate.not;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/** Reads Confluent's configuration keys; a key it does not know is left alone. */
record SerdeKeys(Map<String, ?> configs) {

    static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST_VERSION = "use.latest.version";
    static final String LATEST_STRICT = "latest.compatibility.strict";
    static final String NORMALIZE = "normalize.schemas";
    static final String KEY_STRATEGY = "key.subject.name.strategy";
    static final String VALUE_STRATEGY = "value.subject.name.strategy";
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final String LOGICAL_TYPES = "avro.use.logical.type.converters";
    static final String TRUSTED_PACKAGES = "specific.avro.trusted.packages";
    static final String MAX_RETRIES = "max.retries";
    static final String RETRY_WAIT = "retries.wait.ms";
    static final String MAX_RETRY_WAIT = "retries.max.wait.ms";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String CACHE_SIZE = "max.schemas.per.subject";

    private static final String CONFLUENT_STRATEGIES = "io.confluent.kafka.serializers.subject.";

    RegistryConfig registryConfig() {
        var urls = list(SCHEMA_REGISTRY_URL).map(SerdeKeys::uri).toList();
        return new RegistryConfig(
                urls.stream().map(SerdeKeys::withoutUserInfo).toList(),
                millis(CONNECT_TIMEOUT, 5_000),
                millis(READ_TIMEOUT, 10_000),
                integer(MAX_RETRIES, 3),
                millis(RETRY_WAIT, 500),
                millis(MAX_RETRY_WAIT, 5_000),
                userInfo(urls),
                integer(CACHE_SIZE, 1000));
    }

    SubjectNameStrategy subjectNameStrategy(boolean isKey) {
        var key = isKey ? KEY_STRATEGY : VALUE_STRATEGY;
        var value = configs.get(key);
        return switch (value) {
            case null -> new TopicNameStrategy();
            case SubjectNameStrategy strategy -> strategy;
            case Class<?> type -> strategy(key, type.getName());
            default -> strategy(key, value.toString().trim());
        };
    }

    boolean flag(String key, boolean byDefault) {
        var value = text(key).map(text -> text.toLowerCase(Locale.ROOT)).orElse("");
        return switch (value) {
            case "" -> byDefault;
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key, value, "Expected true or false");
        };
    }

    /** The values of a list, given as one or as text with commas. */
    Stream<String> list(String key) {
        var values =
                configs.get(key) instanceof Collection<?> several
                        ? several.stream().map(Object::toString)
                        : text(key).stream().flatMap(text -> Stream.of(text.split(",", -1)));
        return values.map(String::trim).filter(not(String::isEmpty));
    }

    private static SubjectNameStrategy strategy(String key, String name) {
        var standard =
                switch (name.replace(CONFLUENT_STRATEGIES, "")) {
                    case "TopicNameStrategy" -> Optional.of(new TopicNameStrategy());
                    case "RecordNameStrategy" -> Optional.of(new RecordNameStrategy());
                    case "TopicRecordNameStrategy" -> Optional.of(new TopicRecordNameStrategy());
                    default -> Optional.<SubjectNameStrategy>empty();
                };
        return standard.map(SubjectNameStrategy.class::cast)
                .orElseGet(() -> newStrategy(key, name));
    }

    private static SubjectNameStrategy newStrategy(String key, String name) {
        try {
            return TrustedClasses.load(name)
                    .asSubclass(SubjectNameStrategy.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ConfigException(
                    key, name, "Expected a SubjectNameStrategy with a public constructor: " + e);
        }
    }

    private String userInfo(List<URI> urls) {
        var source = text(CREDENTIALS_SOURCE).orElse("URL");
        return switch (source) {
            case "USER_INFO" ->
                    text(USER_INFO)
                            .or(() -> text("schema.registry." + USER_INFO))
                            .orElseThrow(
                                    () ->
                                            new ConfigException(
                                                    "Expected " + USER_INFO + " but got none"));
            case "URL" ->
                    urls.stream()
                            .map(URI::getUserInfo)
                            .filter(info -> info != null)
                            .findFirst()
                            .orElse("");
            default ->
                    throw new ConfigException(
                            CREDENTIALS_SOURCE, source, "Expected USER_INFO or URL");
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new ConfigException(
                    SCHEMA_REGISTRY_URL, text, "Expected an address: " + e.getReason());
        }
    }

    private static URI withoutUserInfo(URI url) {
        return url.getRawUserInfo() == null
                ? url
                : uri(url.toString().replace(url.getRawUserInfo() + "@", ""));
    }

    private Duration millis(String key, int byDefault) {
        return Duration.ofMillis(integer(key, byDefault));
    }

    private int integer(String key, int byDefault) {
        var value = text(key);
        try {
            return value.map(Integer::parseInt).orElse(byDefault);
        } catch (NumberFormatException e) {
            throw new ConfigException(key, value.orElse(""), "Expected a whole number");
        }
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(configs.get(key))
                .map(value -> value.toString().trim())
                .filter(not(String::isEmpty));
    }
}
