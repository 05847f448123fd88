package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.order.OrderPlaced;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealRegistryTest {

    private static final String V1 =
            """
            {"type":"record","name":"Thing","namespace":"io.clew.test","fields":[
            {"name":"id","type":"string"}]}\
            """;
    private static final String V2 =
            V1.replace(
                    "}]}",
                    "},{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}]}");
    private static final String BROKEN = V1.replace("\"string\"", "\"int\"");

    private final RegistryProxy proxy = new RegistryProxy(RealRegistry.url());
    private final RegistryClient client = new RegistryClient(FakeRegistry.quick(proxy.url()));
    private final String subject = RealRegistry.newTopic() + "-io.clew.test.Thing";

    @AfterEach
    void close() {
        client.close();
        proxy.close();
    }

    @Test
    void shouldRegisterOnceAndFindByEveryQuestion() {
        // when
        var id = client.register(subject, schema(V1));

        // then
        assertThat(client.register(subject, schema(V1))).isEqualTo(id);
        assertThat(proxy.requests()).hasSize(1);
        assertThat(client.schemaById(id)).isEqualTo(schema(V1));
        assertThat(client.latest(subject))
                .contains(new RegisteredSchema(subject, 1, id, schema(V1)));
        assertThat(client.lookup(subject, schema(V1))).isEqualTo(client.latest(subject));
        assertThat(client.lookup(subject, schema(V2))).isEmpty();
        assertThat(client.latest(subject + ".none")).isEmpty();
        assertThat(client.lookup(subject + ".none", schema(V1))).isEmpty();
        assertThat(client.subjects()).contains(subject);
    }

    @Test
    void shouldGetTheSameIdWhenAnotherClientRegistersTheSame() {
        // given
        var id = client.register(subject, schema(V1));

        // then
        try (var other = new RegistryClient(FakeRegistry.quick(RealRegistry.url()))) {
            assertThat(other.register(subject, schema(V1))).isEqualTo(id);
        }
    }

    @Test
    void shouldShowTheReasonWhenAnIncompatibleSchemaIsRefused() {
        // given
        client.setCompatibility(subject, CompatibilityLevel.FULL_TRANSITIVE);
        client.register(subject, schema(V1));

        // then
        assertThat(client.compatible(subject, schema(V2))).isTrue();
        assertThat(client.compatible(subject, schema(BROKEN))).isFalse();
        assertThat(client.compatible(subject + ".none", schema(BROKEN))).isTrue();
        assertThatThrownBy(() -> client.register(subject, schema(BROKEN)))
                .isInstanceOfSatisfying(
                        SchemaRefusedException.class, e -> assertThat(e.errorCode()).isEqualTo(409))
                .hasMessageContaining(subject)
                .hasMessageContaining("reader type: INT not compatible with writer type: STRING")
                .hasMessageContaining("/fields/0/type");
        assertThat(client.register(subject, schema(V2))).isPositive();
        assertThat(client.latest(subject).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void shouldTakeAnySchemaWhenCompatibilityIsOff() {
        client.setCompatibility(subject, CompatibilityLevel.NONE);
        client.register(subject, schema(V1));

        assertThat(client.register(subject, schema(BROKEN))).isPositive();
    }

    @Test
    void shouldRegisterTheTextOfTheFileWhenTheClassIsGenerated() {
        // when
        var id = client.register(subject, OrderPlaced.getClassSchema());

        // then
        assertThat(client.schemaById(id).toString()).doesNotContain("avro.java.string");
        assertThat(client.register(subject, client.schemaById(id))).isEqualTo(id);
    }

    @Test
    void shouldSayNotFoundWhenTheIdIsUnknown() throws InterruptedException {
        assertThatThrownBy(() -> client.schemaById(987_654))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining("schema id 987654");
        client.prefetch(987_655);
        Await.until(() -> client.prefetch(987_655) instanceof SchemaStatus.Absent);
    }

    @Test
    void shouldKnowSchemasWhileTheRegistryIsAwayAndGoOnWhenItIsBack() throws Exception {
        // given
        var known = client.register(subject, schema(V1));
        client.schemaById(known);
        proxy.goAway();

        // when
        var asked = System.nanoTime();
        assertThatThrownBy(() -> client.register(subject, schema(V2)))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(proxy.url())
                .hasMessageContaining("in 3 tries")
                .hasMessageContaining("ConnectException");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(client.schemaById(known)).isEqualTo(schema(V1));
        assertThat(client.register(subject, schema(V1))).isEqualTo(known);
        assertThat(client.outage()).isPresent();
        proxy.comeBack();

        // then
        assertThat(client.register(subject, schema(V2))).isNotEqualTo(known);
        assertThat(client.outage()).isEmpty();
    }

    @Test
    void shouldWaitForTheRegistryWhenItIsBackWithinTheRetries() throws Exception {
        // given
        proxy.goAway();
        var patient = FakeRegistry.quick(proxy.url()).withRetries(50, Duration.ofMillis(20));
        try (var waiting = new RegistryClient(patient);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            var id = threads.submit(() -> waiting.register(subject, schema(V1)));
            Await.until(() -> waiting.outage().isPresent());
            proxy.comeBack();

            // then
            assertThat(waiting.schemaById(id.get())).isEqualTo(schema(V1));
        }
    }

    @Test
    void shouldAskOnceWhenManyThreadsNeedTheSame() throws Exception {
        // given
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            var ids =
                    IntStream.range(0, 200)
                            .mapToObj(i -> threads.submit(() -> ask(schema(V1))))
                            .toList();

            // then
            for (var id : ids) {
                assertThat(id.get()).isEqualTo(ids.getFirst().get());
            }
        }
        assertThat(proxy.requests()).hasSize(2);
    }

    private int ask(Schema schema) {
        var id = client.register(subject, schema);
        assertThat(client.schemaById(id)).isEqualTo(schema);
        return id;
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }
}
