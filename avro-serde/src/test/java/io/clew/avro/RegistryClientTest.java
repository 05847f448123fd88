package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final String REGISTER = "POST /subjects/orders-value/versions";
    private static final String BY_ID = "GET /schemas/ids/7";
    private static final String INT_BODY = "{\"schema\":\"\\\"int\\\"\"}";
    private static final String NO_SCHEMA =
            "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final FakeRegistry registry = new FakeRegistry();
    private final RegistryClient client = new RegistryClient(registry.config());

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    @Test
    void shouldAnswerWhileEveryThreadOfTheCommonPoolIsBusy() {
        // given
        registry.replies(BY_ID, 200, INT_BODY);
        var busy = new CountDownLatch(1);
        var pool = ForkJoinPool.commonPool();
        for (var i = 0; i < pool.getParallelism(); i++) {
            var unused = pool.submit(() -> busy.await(1, TimeUnit.MINUTES));
        }

        // then
        try {
            assertThat(client.schemaById(7)).isEqualTo(INT);
        } finally {
            busy.countDown();
        }
    }

    @Test
    void shouldShowTheRegistrysReasonWhenASchemaIsRefused() {
        // given
        registry.replies(
                REGISTER,
                409,
                "{\"error_code\":409,\"message\":\"reader type INT not compatible with STRING\"}");

        // then
        assertThatThrownBy(() -> client.register("orders-value", INT))
                .isInstanceOfSatisfying(
                        SchemaRefusedException.class,
                        e -> {
                            assertThat(e.subject()).isEqualTo("orders-value");
                            assertThat(e.errorCode()).isEqualTo(409);
                            assertThat(e.reason())
                                    .isEqualTo("reader type INT not compatible with STRING");
                        })
                .isInstanceOf(SerializationException.class)
                .hasMessage(
                        "Expected schema int to be accepted for subject orders-value but it was"
                                + " refused (409): reader type INT not compatible with STRING");
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void shouldShowTheReasonWhenASchemaIsInvalid() {
        registry.replies(REGISTER, 422, "{\"error_code\":42201,\"message\":\"Invalid schema\"}");

        assertThatThrownBy(() -> client.register("orders-value", INT))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("42201")
                .hasMessageContaining("Invalid schema");
    }

    @Test
    void shouldTryAgainWhenTheRegistryIsBusy() {
        // given
        registry.replies(REGISTER, 500, "{\"error_code\":50001,\"message\":\"store timeout\"}")
                .replies(REGISTER, 429, "")
                .replies(REGISTER, 200, "{\"id\":7}");

        // when
        var id = client.register("orders-value", INT);

        // then
        assertThat(id).isEqualTo(7);
        assertThat(registry.requests()).hasSize(3);
        assertThat(client.outage()).isEmpty();
    }

    @Test
    void shouldSayWhereHowOftenAndWhyWhenTheRetriesAreSpent() {
        registry.replies(REGISTER, 503, "{\"message\":\"starting\"}");

        assertThatThrownBy(() -> client.register("orders-value", INT))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(registry.url() + "/subjects/orders-value/versions")
                .hasMessageContaining("in 3 tries")
                .hasMessageContaining("HTTP 503 starting");
        assertThat(client.outage().orElseThrow().reason()).contains("HTTP 503 starting");
    }

    @Test
    void shouldNotTryAgainWhenTheCredentialsAreRefused() {
        registry.replies(REGISTER, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");

        assertThatThrownBy(() -> client.register("orders-value", INT))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("HTTP 401 Unauthorized");
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void shouldNotBelieveA404WhenItIsNoRegistrysAnswer() {
        assertThatThrownBy(() -> client.schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("not a schema registry's answer");
    }

    @Test
    void shouldAskTheNextAddressWhenOneIsAway() {
        // given
        registry.replies(BY_ID, 200, INT_BODY);
        try (var spare = new FakeRegistry()) {
            var away = spare.url();
            spare.close();
            var config = FakeRegistry.quick(away + "," + registry.url());

            // when
            try (var both = new RegistryClient(config)) {
                assertThat(both.schemaById(7)).isEqualTo(INT);
            }
        }

        // then
        assertThat(registry.requests()).containsExactly(BY_ID);
    }

    @Test
    void shouldSendBasicCredentialsWhenGiven() {
        // given
        registry.replies(BY_ID, 200, INT_BODY);
        var url = registry.url().replace("http://", "http://me:secret@");

        // when
        try (var secured = new RegistryClient(FakeRegistry.quick(url))) {
            secured.schemaById(7);
        }

        // then
        assertThat(registry.authorizations()).containsExactly("Basic bWU6c2VjcmV0");
    }

    @Test
    void shouldMakeOneRequestWhenManyMissOneId() throws Exception {
        // given
        registry.replies(BY_ID, 200, INT_BODY).hold();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            Callable<Schema> ask = () -> client.schemaById(7);
            var answers = Stream.generate(() -> threads.submit(ask)).limit(50).toList();
            Await.until(() -> !registry.requests().isEmpty());
            registry.release();

            // then
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(INT);
            }
        }
        assertThat(registry.requests()).containsExactly(BY_ID);
    }

    @Test
    void shouldFailOnlyTheInterruptedCallerWhenSeveralWait() throws Exception {
        // given
        registry.replies(BY_ID, 200, INT_BODY).hold();
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var thrown =
                    threads.submit(
                            () -> {
                                Thread.currentThread().interrupt();
                                return client.schemaById(7);
                            });

            // when
            var waiting = threads.submit(() -> client.schemaById(7));
            assertThatThrownBy(thrown::get).hasCauseInstanceOf(InterruptException.class);
            registry.release();

            // then
            assertThat(waiting.get()).isEqualTo(INT);
        }
    }

    @Test
    void shouldResolveReferencesWhenASchemaNamesOthers() {
        // given
        registry.replies(
                        BY_ID,
                        200,
                        """
                        {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"a.Outer\\",\\"fields\\":[\
                        {\\"name\\":\\"i\\",\\"type\\":\\"a.Inner\\"}]}",
                        "references":[{"name":"a.Inner","subject":"a/Inner","version":2}]}\
                        """)
                .replies(
                        "GET /subjects/a%2FInner/versions/2?deleted=true",
                        200,
                        """
                        {"subject":"a/Inner","version":2,"id":6,
                        "schema":"{\\"type\\":\\"fixed\\",\\"name\\":\\"a.Inner\\",\\"size\\":3}"}\
                        """);

        // when
        var schema = client.schemaById(7);

        // then
        assertThat(schema.getField("i").schema().getFixedSize()).isEqualTo(3);
    }

    @Test
    void shouldSayNotFoundWhenTheIdIsOfAnotherKindOfSchema() {
        registry.replies(BY_ID, 200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}");

        assertThatThrownBy(() -> client.schemaById(7))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining("PROTOBUF");
    }

    @Test
    void shouldAskTwiceAndThenRememberWhenAnIdIsUnknown() {
        registry.replies(BY_ID, 404, NO_SCHEMA);

        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> client.schemaById(7))
                    .isInstanceOf(SchemaNotFoundException.class)
                    .hasMessageContaining("schema id 7");
        }
        assertThat(registry.requests()).containsExactly(BY_ID, BY_ID);
    }

    @Test
    void shouldBelieveTheSecondAnswerWhenANodeLagsBehind() {
        registry.replies(BY_ID, 404, NO_SCHEMA).replies(BY_ID, 200, INT_BODY);

        assertThat(client.schemaById(7)).isEqualTo(INT);
    }

    @Test
    void shouldStopTryingWhenAnAnswerNeverComes() {
        // given
        registry.replies(BY_ID, 200, INT_BODY).hold();
        var config = registry.config().withTimeouts(Duration.ofMillis(100), Duration.ofMillis(200));

        // then
        try (var impatient = new RegistryClient(config)) {
            assertThatThrownBy(() -> impatient.schemaById(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("3 tries");
        }
    }

    @Test
    void shouldListAndConfigureSubjects() {
        // given
        registry.replies("GET /subjects", 200, "[\"a\",\"b c\"]")
                .replies("PUT /config/b%20c", 200, "{\"compatibility\":\"FULL\"}")
                .replies("PUT /config", 200, "{\"compatibility\":\"NONE\"}");

        // when
        client.setCompatibility("b c", CompatibilityLevel.FULL);
        client.setCompatibility(CompatibilityLevel.NONE);

        // then
        assertThat(client.subjects()).isEqualTo(List.of("a", "b c"));
        assertThat(registry.bodies())
                .contains("{\"compatibility\":\"FULL\"}", "{\"compatibility\":\"NONE\"}");
    }

    @Test
    void shouldAskAboutTheLatestVersionWhenTheRegistryCannotCheckAll() {
        registry.replies("POST /compatibility/subjects/s/versions", 405, "")
                .replies(
                        "POST /compatibility/subjects/s/versions/latest",
                        200,
                        "{\"is_compatible\":true}");

        assertThat(client.compatible("s", INT)).isTrue();
    }
}
