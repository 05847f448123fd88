package io.clew.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParamsTest {

    @Test
    void shouldTakeSagaIdsEncodedOrInTheClear() {
        assertThat(Params.sagaId("order:o-1").value()).isEqualTo("order:o-1");
        assertThat(Params.sagaId("order:a%2Fb").value()).isEqualTo("order:a%2Fb");
        assertThat(Params.sagaId("order:a/b c").value()).isEqualTo("order:a%2Fb%20c");
        assertThatThrownBy(() -> Params.sagaId("order")).isInstanceOf(ProblemException.class);
    }

    @Test
    void shouldReadHowLongACallerWaits() {
        assertThat(Params.preferredWait(null)).isZero();
        assertThat(Params.preferredWait("respond-async, wait=30")).hasSeconds(30);
        assertThat(Params.preferredWait("wait = 5")).hasSeconds(5);
        assertThat(Params.preferredWait("wait=99999")).isEqualTo(Duration.ofSeconds(60));
        assertThat(Params.preferredWait("return=minimal")).isZero();
    }

    @Test
    void shouldReadTheRevisionMeant() {
        assertThat(Params.revision("\"7\"")).contains(7L);
        assertThat(Params.revision("W/\"7\"")).contains(7L);
        assertThat(Params.revision("7")).contains(7L);
        assertThat(Params.revision("*")).isEmpty();
        assertThat(Params.revision(null)).isEmpty();
        assertThatThrownBy(() -> Params.revision("\"x\"")).isInstanceOf(ProblemException.class);
    }

    @Test
    void shouldLookLikeAProblemOfRfc9457() throws Exception {
        // when
        String json =
                new ObjectMapper()
                        .writeValueAsString(Problem.of(422, "EVENT_REFUSED", "no", List.of("a")));

        // then
        assertThat(json)
                .isEqualTo(
                        "{\"type\":\"urn:clew:problem:event-refused\",\"title\":\"Event refused\","
                                + "\"status\":422,\"code\":\"EVENT_REFUSED\",\"detail\":\"no\","
                                + "\"faults\":[\"a\"]}");
    }
}
