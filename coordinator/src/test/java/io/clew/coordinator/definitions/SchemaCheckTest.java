package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {

    private final Parcels parcels = new Parcels();
    private final AppliedDefinition applied = parcels.applied("parcel", 1, 0);
    private final SchemaCheck check = new SchemaCheck(parcels.language(), parcels);

    @Test
    void shouldFindNothingWhenNothingWasRegisteredSince() {
        // when
        List<SchemaCheck.Checked> checked = check.check(List.of(applied));

        // then
        assertThat(checked).containsExactly(new SchemaCheck.Checked(applied, List.of(), List.of()));
    }

    @Test
    void shouldTellOfANewSchemaThatFits() {
        // given
        parcels.register(
                21,
                "depot.commands",
                SchemaBuilder.record("io.acme.StoreParcel")
                        .fields()
                        .requiredString("parcelId")
                        .optionalString("shelf")
                        .endRecord());

        // when
        SchemaCheck.Checked checked = check.check(List.of(applied)).get(0);

        // then
        assertThat(checked.faults()).isEmpty();
        assertThat(checked.changed())
                .containsExactly(
                        new SchemaCheck.Changed(
                                "depot.commands-io.acme.StoreParcel",
                                Parcels.STORE_ID,
                                Optional.of(21)));
    }

    @Test
    void shouldTellWhereADefinitionWouldFailWithANewSchema() {
        // given
        parcels.register(
                21,
                "depot.commands",
                SchemaBuilder.record("io.acme.StoreParcel")
                        .fields()
                        .requiredString("parcelId")
                        .requiredString("shelf")
                        .endRecord());

        // when
        SchemaCheck.Checked checked = check.check(List.of(applied)).get(0);

        // then
        assertThat(checked.changed()).hasSize(1);
        assertThat(checked.faults()).hasSize(1);
        assertThat(checked.faults().get(0).line()).isEqualTo(9);
        assertThat(checked.faults().get(0).path()).startsWith("steps[0].action.with");
        assertThat(checked.faults().get(0).message()).contains("shelf");
    }

    @Test
    void shouldTellThatASubjectIsGone() {
        // given
        parcels.forget(Parcels.STORE_ID);

        // when
        SchemaCheck.Checked checked = check.check(List.of(applied)).get(0);

        // then
        assertThat(checked.changed())
                .containsExactly(
                        new SchemaCheck.Changed(
                                "depot.commands-io.acme.StoreParcel",
                                Parcels.STORE_ID,
                                Optional.empty()));
        assertThat(checked.faults()).hasSize(1);
    }
}
