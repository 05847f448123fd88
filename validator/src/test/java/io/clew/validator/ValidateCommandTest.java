package io.clew.validator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.platform.PlatformHome;
import io.clew.platform.Ports;
import io.clew.platform.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on real files, against files of schemas and a real registry. */
class ValidateCommandTest {

    private static final Path SCHEMAS = PlatformHome.repository().resolve("schemas/src/main/avro");
    private static final Path ORDER =
            PlatformHome.repository().resolve("order-service/src/main/saga/order-fulfilment.yaml");
    private static final String SHA256 = "sha256 [0-9a-f]{64}";

    @TempDir private Path directory;
    private Path bad;

    @BeforeEach
    void writeABadDefinition() throws IOException {
        bad = directory.resolve("bad.yaml");
        Files.writeString(
                bad,
                """
                saga: bad
                version: 1
                startedBy: { topic: order.events, event: io.clew.order.OrderPlaced, key: event.id }
                steps:
                  - step: createOrder
                    participant: order
                    timout: 3s
                    compensation: none
                    action:
                      command: io.clew.order.CreateOrder
                      with: { orderId: event.ordreId, customerId: event.customerId }
                """);
    }

    @Test
    void shouldAcceptTheOrderSagaAgainstFiles() {
        // when
        Run run = Run.of(ORDER, "--schemas", SCHEMAS);

        // then
        assertThat(run.status()).as("%s", run).isZero();
        assertThat(run.out()).hasSize(1);
        assertThat(run.out().get(0)).matches(ORDER + ": valid, order-fulfilment:\\d+, " + SHA256);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldTellEveryFaultWithPlaceAndRemedy() {
        // when
        Run run = Run.of("--schemas", SCHEMAS, bad, ORDER);

        // then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).hasSize(5);
        assertThat(run.out().get(0))
                .startsWith(bad + ":3:74: error: startedBy.key: ")
                .contains("'id'");
        assertThat(run.out().get(1))
                .isEqualTo(
                        bad
                                + ":7:5: error: steps[0].timout: Expected a known key but got"
                                + " 'timout'. Did you mean 'timeout'?");
        assertThat(run.out().get(2))
                .startsWith(bad + ":11:24: error: steps[0].action.with.orderId: ")
                .contains("orderId");
        assertThat(run.out().get(3)).isEqualTo(bad + ": refused, 3 faults");
        assertThat(run.out().get(4)).startsWith(ORDER + ": valid");
    }

    @Test
    void shouldPrintNothingButThePicture() {
        // when
        Run mermaid = Run.of(ORDER, "--schemas", SCHEMAS, "--diagram", "mermaid");
        Run svg = Run.of(ORDER, "--schemas", SCHEMAS, "--diagram", "svg");
        Run refused = Run.of(bad, "--schemas", SCHEMAS, "--diagram", "svg");

        // then
        assertThat(mermaid.out()).contains("flowchart TB");
        assertThat(mermaid.err()).hasSize(1);
        assertThat(svg.out()).first().asString().startsWith("<svg ");
        assertThat(svg.out()).last().isEqualTo("</svg>");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).last().isEqualTo(bad + ": refused, 3 faults");
    }

    @Test
    void shouldSayThatItCannotCheck() throws IOException {
        // given
        Path notASchema = directory.resolve("broken.avsc");
        Files.writeString(notASchema, "{}");
        String nowhere = "http://127.0.0.1:" + Ports.free();

        // when
        Run noFile = Run.of("absent.yaml", "--schemas", SCHEMAS);
        Run noSchemas = Run.of(ORDER, "--schemas", notASchema);
        Run noRegistry = Run.of(ORDER, "--registry", nowhere);
        Run both = Run.of(ORDER, "--registry", nowhere, "--schemas", SCHEMAS);

        // then
        assertThat(Stream.of(noFile, noSchemas, noRegistry, both).map(Run::status)).containsOnly(2);
        assertThat(noFile.err()).first().asString().contains("absent.yaml");
        assertThat(noSchemas.err()).first().asString().contains("broken.avsc");
        assertThat(noRegistry.err()).first().asString().contains(nowhere, "--schemas DIR");
        assertThat(both.err()).first().asString().contains("mutually exclusive");
    }

    @Test
    void shouldShowItsHelp() {
        // when
        Run run = Run.of("--help");

        // then
        assertThat(run.status()).isZero();
        assertThat(String.join("\n", run.out()))
                .contains("Usage: clew validate", "--registry=URL", "--schemas=DIR", "--diagram");
    }

    @Test
    void shouldSayTheSameAgainstARegistry() throws IOException {
        // given
        try (RegistryProcess registry =
                RegistryProcess.builder(directory.resolve("registry")).start()) {
            String url = registry.confluentUrl();
            Run empty = Run.of(ORDER, "--registry", url);
            register(url);

            // when
            Run good = Run.of(ORDER, "--registry", url);
            Run refused = Run.of(bad, "--registry", url);

            // then
            assertThat(empty.status()).isEqualTo(1);
            assertThat(empty.out()).first().asString().contains("there is no subject");
            assertThat(good).isEqualTo(Run.of(ORDER, "--schemas", SCHEMAS));
            assertThat(refused).isEqualTo(Run.of(bad, "--schemas", SCHEMAS));
        }
    }

    /** What the services of the order saga register. */
    private static void register(String url) throws IOException {
        try (RegistryClient client = new RegistryClient(RegistryConfig.of(url));
                Stream<Path> files = Files.walk(SCHEMAS)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".avsc")).toList()) {
                Schema schema = new Schema.Parser().parse(Files.readString(file));
                for (String topic :
                        new String[] {
                            "order.events",
                            "order.commands",
                            "payment.commands",
                            "shipping.commands",
                            "saga.inbox"
                        }) {
                    client.register(topic + "-" + schema.getFullName(), schema);
                }
            }
        }
    }
}
