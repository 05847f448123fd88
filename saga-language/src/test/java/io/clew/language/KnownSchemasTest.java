package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.saga.MappingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownSchemasTest {

    private static final Schema PAID =
            SchemaBuilder.record("io.acme.Paid").fields().requiredString("id").endRecord();

    @TempDir private Path directory;

    @Test
    void shouldStandUnderEveryTopic() {
        // given
        KnownSchemas schemas = KnownSchemas.of(List.of(PAID));

        // when / then
        PinnedSchema pinned = schemas.latest("my-shop.events-io.acme.Paid").orElseThrow();
        assertThat(pinned)
                .isEqualTo(new PinnedSchema("my-shop.events-io.acme.Paid", pinned.id(), PAID));
        assertThat(schemas.byId(pinned.id())).isEqualTo(PAID);
        assertThat(schemas.id("io.acme.Paid")).contains(pinned.id());
        assertThat(schemas.latest("my-shop.events-io.acme.Sent")).isEmpty();
        assertThatThrownBy(() -> schemas.byId(99)).isInstanceOf(MappingException.class);
    }

    @Test
    void shouldTakeOneNameTwiceOnlyIfItMeansTheSame() {
        // given
        Schema other = SchemaBuilder.record("io.acme.Paid").fields().requiredInt("id").endRecord();

        // when / then
        assertThat(KnownSchemas.of(List.of(PAID, PAID)).latest("a-io.acme.Paid")).isPresent();
        assertThatThrownBy(() -> KnownSchemas.of(List.of(PAID, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected one schema of io.acme.Paid but got two");
    }

    @Test
    void shouldReadFilesThatNeedOthers() throws IOException {
        // given
        file("a/order.avsc", record("Order", "\"io.acme.Address\""));
        file("b/c/address.avsc", record("Address", "\"string\""));
        file("b/notes.txt", "no schema");

        // when
        KnownSchemas schemas = KnownSchemas.read(List.of(directory));

        // then
        Schema order = schemas.latest("shop.events-io.acme.Order").orElseThrow().schema();
        assertThat(order.getField("value").schema().getFullName()).isEqualTo("io.acme.Address");
        assertThat(schemas.latest("shop.events-io.acme.Address")).isPresent();
    }

    @Test
    void shouldNameTheFileThatIsNoSchema() throws IOException {
        // given
        file("order.avsc", record("Order", "\"io.acme.Absent\""));

        // when / then
        assertThatThrownBy(() -> KnownSchemas.read(List.of(directory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Expected an Avro schema in " + directory.resolve("order.avsc"))
                .hasMessageContaining("io.acme.Absent");
        assertThatThrownBy(() -> KnownSchemas.read(List.of(directory.resolve("absent"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String record(String name, String type) {
        return """
        {"type": "record", "namespace": "io.acme", "name": "%s",
         "fields": [{"name": "value", "type": %s}]}
        """
                .formatted(name, type);
    }
}
