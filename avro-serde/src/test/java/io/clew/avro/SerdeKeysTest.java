package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerdeKeysTest {

    private static final Schema PARCEL = Parcel.SCHEMA$;

    /** A strategy of a user's own. */
    public static final class Upper implements SubjectNameStrategy {
        @Override
        public String subject(String topic, boolean isKey, Schema schema) {
            return "UPPER";
        }
    }

    @ParameterizedTest
    @CsvSource({
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, io.clew.avro.Parcel",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-io.clew.avro.Parcel",
        "io.clew.avro.TopicNameStrategy, t-value",
        "io.clew.avro.RecordNameStrategy, io.clew.avro.Parcel",
        "TopicRecordNameStrategy, t-io.clew.avro.Parcel",
        "io.clew.avro.SerdeKeysTest$Upper, UPPER"
    })
    void shouldNameTheSubjectByTheStrategyWhenGivenByName(String name, String subject) {
        var keys = new SerdeKeys(Map.of("value.subject.name.strategy", name));

        assertThat(keys.subjectNameStrategy(false).subject("t", false, PARCEL)).isEqualTo(subject);
    }

    @Test
    void shouldTakeAClassAndTellKeyFromValue() {
        var keys =
                new SerdeKeys(Map.of("key.subject.name.strategy", TopicRecordNameStrategy.class));

        assertThat(keys.subjectNameStrategy(true)).isInstanceOf(TopicRecordNameStrategy.class);
        assertThat(keys.subjectNameStrategy(false)).isInstanceOf(TopicNameStrategy.class);
        assertThat(new TopicNameStrategy().subject("t", true, PARCEL)).isEqualTo("t-key");
    }

    @Test
    void shouldRefuseAStrategyWhenItIsNone() {
        for (var name : List.of("java.lang.String", "no.such.Strategy")) {
            var keys = new SerdeKeys(Map.of("value.subject.name.strategy", name));
            assertThatThrownBy(() -> keys.subjectNameStrategy(false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(
                        () ->
                                new RecordNameStrategy()
                                        .subject("t", false, Schema.create(Schema.Type.INT)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Expected a record on topic t");
    }

    @Test
    void shouldReadConfluentsKeysWhenGivenAsText() {
        // when
        var config =
                RegistryConfig.from(
                        Map.of(
                                "schema.registry.url", "http://a:1/, http://b:2/x/",
                                "max.retries", "5",
                                "retries.wait.ms", 7,
                                "retries.max.wait.ms", 70L,
                                "http.connect.timeout.ms", "100",
                                "http.read.timeout.ms", "200",
                                "basic.auth.credentials.source", "USER_INFO",
                                "basic.auth.user.info", "me:secret",
                                "some.unknown.key", "ignored"));

        // then
        assertThat(config.urls())
                .containsExactly(URI.create("http://a:1"), URI.create("http://b:2/x"));
        assertThat(config.maxRetries()).isEqualTo(5);
        assertThat(config.retryWait()).isEqualTo(Duration.ofMillis(7));
        assertThat(config.maxRetryWait()).isEqualTo(Duration.ofMillis(70));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.userInfo()).isEqualTo("me:secret");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void shouldTakeUserAndPasswordOutOfTheAddress() {
        var config = RegistryConfig.of("https://me:p%40ss@registry:8081");

        assertThat(config.urls()).containsExactly(URI.create("https://registry:8081"));
        assertThat(config.userInfo()).isEqualTo("me:p@ss");
    }

    @Test
    void shouldRefuseAConfigurationWhenItCannotWork() {
        for (var bad :
                List.of(
                        Map.of("some.key", "x"),
                        Map.of("schema.registry.url", ""),
                        Map.of("schema.registry.url", "registry:8081"),
                        Map.of("schema.registry.url", "http://a:1", "max.retries", "many"),
                        Map.of("schema.registry.url", "http://a:1", "max.retries", "-1"),
                        Map.of(
                                "schema.registry.url",
                                "http://a:1",
                                "basic.auth.credentials.source",
                                "SASL_INHERIT"),
                        Map.of(
                                "schema.registry.url",
                                "http://a:1",
                                "basic.auth.credentials.source",
                                "USER_INFO"))) {
            assertThatThrownBy(() -> RegistryConfig.from(bad))
                    .as("%s", bad)
                    .isInstanceOf(ConfigException.class);
        }
        assertThatThrownBy(
                        () ->
                                new SerdeKeys(Map.of("auto.register.schemas", "yes"))
                                        .flag("auto.register.schemas", true))
                .isInstanceOf(ConfigException.class);
    }
}
