package io.clew.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.platform.Part;
import io.clew.platform.PlatformException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchboardTest {

    @TempDir private Path directory;
    private final Lamp payment = new Lamp("payment-service");
    private final Lamp coordinator = new Lamp("coordinator");
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private volatile Set<String> stopped = Set.of();
    private Home home;
    private Switchboard switchboard;

    /** A part that is on or off, or does not come up. */
    private static final class Lamp implements Part {

        private final String name;
        private volatile boolean on = true;
        private volatile boolean broken;

        private Lamp(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isAlive() {
            return on;
        }

        @Override
        public void launch() {
            on = !broken;
        }

        @Override
        public void awaitReady() {
            if (!on) {
                throw new PlatformException("Expected it to be ready\nbut it ended");
            }
        }

        @Override
        public void stop() {
            on = false;
        }

        @Override
        public void kill() {
            stop();
        }

        @Override
        public void suspend() {}

        @Override
        public void resume() {}
    }

    @BeforeEach
    void open() {
        home = new Home(directory);
        RunState.ready(List.of(), Set.of()).write(home);
        switchboard =
                Switchboard.open(
                        home.socket(), List.of(coordinator, payment), names -> stopped = names);
        Thread.ofVirtual().start(switchboard::serve);
    }

    @AfterEach
    void close() {
        switchboard.close();
    }

    @Test
    void shouldStopOneMemberOnceWhenAskedTwice() {
        // when
        int first = ask("stop", "payment-service");
        int second = ask("stop", "payment-service");

        // then
        assertThat(List.of(first, second)).containsOnly(0);
        assertThat(told())
                .containsExactly("payment-service is stopped.", "payment-service does not run.");
        assertThat(payment.isAlive()).isFalse();
        assertThat(coordinator.isAlive()).isTrue();
        assertThat(stopped).containsExactly("payment-service");
    }

    @Test
    void shouldStartAMemberThatWasStopped() {
        // given
        ask("stop", "payment-service");

        // when
        ask("start", "payment-service");
        ask("start", "payment-service");

        // then
        assertThat(told()).endsWith("payment-service is ready.", "payment-service runs already.");
        assertThat(payment.isAlive()).isTrue();
        assertThat(stopped).isEmpty();
    }

    @Test
    void shouldStartAMemberThatHasEndedByItself() {
        // given
        payment.kill();

        // when
        ask("start", "payment-service");

        // then
        assertThat(told()).containsExactly("payment-service is ready.");
    }

    @Test
    void shouldTellWhyAMemberDoesNotStart() {
        // given
        ask("stop", "coordinator");
        coordinator.broken = true;

        // then
        assertThatThrownBy(() -> ask("start", "coordinator"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("Expected it to be ready")
                .hasMessageContaining("but it ended");
    }

    @Test
    void shouldNameTheMembersWhenThereIsNoSuchOne() {
        // then
        assertThatThrownBy(() -> ask("stop", "kafka"))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Expected one of coordinator, payment-service but got 'kafka'");
    }

    @Test
    void shouldSayThatNobodyAnswersWhenThePlatformHasEnded() {
        // given
        switchboard.close();

        // then
        assertThatThrownBy(() -> ask("stop", "coordinator"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("did not answer");
    }

    @Test
    void shouldSayThatClewDoesNotRun() {
        // given
        var other = new Home(directory.resolve("other"));

        // then
        assertThatThrownBy(() -> new SwitchRequest("stop", "coordinator").send(other, System.out))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Clew does not run; start it: ./clew up");
    }

    @Test
    void shouldListenSomewhereElseWhenThePathIsTooLongForASocket() {
        // given
        Path deep = directory.resolve("a".repeat(120));

        // then
        assertThat(new Home(deep).socket().toString()).hasSizeLessThan(100);
        assertThat(new Home(deep).socket()).isEqualTo(new Home(deep).socket());
        assertThat(new Home(directory).socket()).hasParent(directory);
    }

    private int ask(String verb, String name) {
        return new SwitchRequest(verb, name)
                .send(home, new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private List<String> told() {
        return told.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
