package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Editors find faults of form, each kind of them; that they find no others, all tests check. */
class EditorSchemaTest {

    private static final String GOOD =
            """
            saga: order
            version: 1
            startedBy: { topic: order.events, event: io.acme.Placed, key: event.orderId }
            deadline: 1h
            steps:
              - step: charge
                when: event.dear
                participant: payment
                kind: pivot
                action: { command: io.acme.Charge, with: { orderId: event.orderId } }
                retry: { attempts: 3, factor: 2 }
                onFailure: { BUSY: { retry: 3 }, DECLINED: { rollbackTo: booked, max: 2 } }
              - await: arrival
                signal: io.acme.Arrived
                timeout: 1h
                onFailure: { TIMED_OUT: continue }
              - delay: night
                for: 8h
              - saga: invoice
                start: { definition: invoicing, event: io.acme.Asked, with: {} }
              - choice:
                  large: { when: event.large, steps: [ { savepoint: one } ] }
                  else: { steps: [ { savepoint: two } ] }
              - parallel:
                  goods: { steps: [ { savepoint: three } ] }
              - forEach: { in: event.lines, concurrency: 4, steps: [ { savepoint: four } ] }
            """;

    @Test
    void shouldAcceptWhatTheFaultsAreMadeFrom() {
        EditorSchema.shouldAccept(GOOD);
    }

    /**
     * Each row: what it is, a part of the good definition, what stands there instead, and what
     * refuses.
     */
    @ParameterizedTest
    @CsvFileSource(resources = "/editor-faults.csv", delimiter = '|')
    void shouldRefuse(String kind, String good, String bad, String keyword) {
        // given
        assertThat(GOOD).as(kind).contains(good);

        // when
        String written = bad == null ? "" : bad.replace("\\n", "\n");
        List<String> faults = EditorSchema.faults(GOOD.replace(good, written));

        // then
        assertThat(faults).as(kind).anyMatch(it -> it.startsWith(keyword + " "));
    }
}
