package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.order.OrderPlaced;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class TrustedClassesTest {

    @Test
    void shouldFindTheClassWhenItsPackageOrOneAboveIsListed() {
        for (var listed : List.of("io.clew.order", "io.clew", "*")) {
            assertThat(
                            new TrustedClasses(List.of(listed))
                                    .recordClass(OrderPlaced.getClassSchema()))
                    .isEqualTo(OrderPlaced.class);
        }
    }

    @Test
    void shouldRefuseAClassWhenItsPackageIsNotListed() {
        for (var listed : List.of("io.cle", "io.clew.order.sub", "io.clew.orde")) {
            assertThatThrownBy(
                            () ->
                                    new TrustedClasses(List.of(listed))
                                            .recordClass(OrderPlaced.getClassSchema()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("org.apache.avro.SERIALIZABLE_PACKAGES")
                    .hasMessageContaining(listed);
        }
    }

    @Test
    void shouldRefuseAClassWhenItIsMissingOrNotGenerated() {
        var trusted = new TrustedClasses(List.of("io.clew"));

        assertThatThrownBy(() -> trusted.recordClass(record("io.clew.avro.Nowhere")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Expected a generated class io.clew.avro.Nowhere");
        assertThatThrownBy(() -> trusted.recordClass(record("io.clew.avro.Await")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("to be a generated Avro class");
    }

    @Test
    void shouldReadBothLists() {
        var keys = new SerdeKeys(Map.of("specific.avro.trusted.packages", "a.b, c"));

        // The build sets Avro's system property to io.clew.
        assertThat(TrustedClasses.from(keys).packages()).containsExactly("a.b", "c", "io.clew");
    }

    private static Schema record(String name) {
        return SchemaBuilder.record(name).fields().endRecord();
    }
}
