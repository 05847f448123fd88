package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaPrefetchTest {

    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final String BY_ID = "GET /schemas/ids/7";
    private static final String INT_BODY = "{\"schema\":\"\\\"int\\\"\"}";

    private final FakeRegistry registry = new FakeRegistry();
    private final RegistryClient client = new RegistryClient(registry.config());

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    @Test
    void shouldNotBlockWhileTheRegistryIsSlow() throws InterruptedException {
        // given
        registry.replies(BY_ID, 200, INT_BODY).hold();

        // when
        for (var i = 0; i < 100; i++) {
            assertThat(client.prefetch(7)).isInstanceOf(SchemaStatus.Pending.class);
        }
        assertThat(client.cachedSchema(7)).isEmpty();
        registry.release();

        // then
        Await.until(() -> client.prefetch(7).equals(new SchemaStatus.Present(INT)));
        assertThat(client.cachedSchema(7)).contains(INT);
        assertThat(registry.requests()).containsExactly(BY_ID);
    }

    @Test
    void shouldSayAbsentWhenTheRegistrySaysSo() throws InterruptedException {
        registry.replies(BY_ID, 404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}");

        assertThat(client.prefetch(7)).isInstanceOf(SchemaStatus.Pending.class);
        Await.until(() -> client.prefetch(7) instanceof SchemaStatus.Absent);
        assertThat(client.prefetch(7).toString()).contains("Schema 7 not found");
    }

    @Test
    void shouldSaySinceWhenAndWhyAndRecoverWhenTheRegistryIsAway() throws InterruptedException {
        // given
        for (var i = 0; i < 12; i++) {
            registry.replies(BY_ID, 503, "{\"message\":\"starting\"}");
        }
        registry.replies(BY_ID, 200, INT_BODY);

        // when
        client.prefetch(7);
        Await.until(() -> client.prefetch(7) instanceof SchemaStatus.Unavailable);
        var status = (SchemaStatus.Unavailable) client.prefetch(7);

        // then
        assertThat(status.reason()).contains("HTTP 503 starting");
        assertThat(status.since()).isEqualTo(client.outage().orElseThrow().since());
        Await.until(() -> client.prefetch(7) instanceof SchemaStatus.Present);
        assertThat(client.outage()).isEmpty();
        assertThat(registry.requests()).hasSize(13);
    }

    /** A registry that starts answers before it has read what it keeps. */
    @Test
    void shouldNotBelieveThatASchemaIsGoneRightAfterAnOutage() throws InterruptedException {
        // given
        registry.replies(BY_ID, 503, "{\"message\":\"starting\"}");
        for (var i = 0; i < 6; i++) {
            registry.replies(BY_ID, 404, "{\"error_code\":40403,\"message\":\"not found\"}");
        }
        registry.replies(BY_ID, 200, INT_BODY);

        // then
        Await.until(
                () -> {
                    var status = client.prefetch(7);
                    assertThat(status).isNotInstanceOf(SchemaStatus.Absent.class);
                    return status instanceof SchemaStatus.Present;
                });
        assertThat(client.outage()).isEmpty();
    }

    @Test
    void shouldStillFindOneIdWhenManyUnknownOnesAreAskedFor() throws InterruptedException {
        // given
        registry.replies(BY_ID, 200, INT_BODY);
        for (var id = 1000; id < 3000; id++) {
            registry.replies("GET /schemas/ids/" + id, 404, "{\"error_code\":40403}");
        }

        // when
        for (var id = 1000; id < 3000; id++) {
            client.prefetch(id);
        }

        // then
        Await.until(() -> client.prefetch(7) instanceof SchemaStatus.Present);
    }
}
