package io.clew.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clew.platform.Member;
import io.clew.platform.command.ScriptSandbox.Ended;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClewScriptTest {

    private static final String EVERYTHING =
            "platform,coordinator,order-service,payment-service,shipping-service,validator";
    private static final String ONE_PASSED =
            "<testsuite name=\"a\" tests=\"3\" errors=\"0\" skipped=\"1\" failures=\"0\">";

    @TempDir private Path directory;
    private ScriptSandbox sandbox;

    @BeforeEach
    void prepare() throws Exception {
        sandbox = new ScriptSandbox(directory);
    }

    @Test
    void shouldShowEveryCommandWithoutAnyBuild() throws Exception {
        // when
        Ended ended = sandbox.with("PATH", "/usr/bin:/bin").clew("--help");

        // then
        assertThat(ended.status()).isZero();
        assertThat(String.join(" ", ended.lines()))
                .contains("up [--detach]", "demo", "reset", "test");
        assertThat(sandbox.builds()).isEmpty();
    }

    @Test
    void shouldRefuseAnUnknownCommand() throws Exception {
        // when
        Ended ended = sandbox.clew("fly");

        // then
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.lines()).first().isEqualTo("clew: there is no command 'fly'");
    }

    @Test
    void shouldBuildNothingWhenNothingHasChanged() throws Exception {
        // given
        sandbox.clew("up");

        // when
        Ended ended = sandbox.clew("up");

        // then
        assertThat(ended.status()).as("%s", ended).isZero();
        assertThat(sandbox.builds()).containsExactly(EVERYTHING);
    }

    @Test
    void shouldBuildTheCoordinatorWhenStatusHasBuiltThePlatformAlone() throws Exception {
        // given
        sandbox.clew("up");
        sandbox.file("coordinator/src/main/App.java", "class App {}");
        sandbox.file("platform/src/main/Main.java", "class Main {}");

        // when
        sandbox.clew("status");
        sandbox.clew("up");

        // then
        assertThat(sandbox.builds()).containsExactly(EVERYTHING, "platform", "coordinator");
    }

    @Test
    void shouldBuildNoMoreThanTheValidatorToValidate() throws Exception {
        // when
        Ended ended = sandbox.clew("validate", "trip.yaml");

        // then
        assertThat(ended.status()).as("%s", ended).isZero();
        assertThat(sandbox.builds()).containsExactly("validator");
    }

    @Test
    void shouldNotBuildTheValidatorWhileThePlatformRuns() throws Exception {
        // given
        Files.createDirectories(sandbox.home());
        RunState.starting().write(new Home(sandbox.home()));

        // when
        Ended ended = sandbox.clew("validate", "trip.yaml");

        // then
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.last()).startsWith("clew: this program was not built yet");
        assertThat(sandbox.builds()).isEmpty();
    }

    @Test
    void shouldBuildAgainWhenTheBuildHasFailed() throws Exception {
        // given
        sandbox.with("MAVEN_STATUS", "1");
        assertThat(sandbox.clew("status").last()).startsWith("clew: the build failed; see ");
        sandbox.file("platform/src/main/Main.java", "class Main {}");

        // when
        Ended ended = sandbox.with("MAVEN_STATUS", "0").clew("status");

        // then
        assertThat(ended.status()).isZero();
        assertThat(sandbox.builds()).containsExactly("platform", "platform");
    }

    @Test
    void shouldBuildNothingWhileThePlatformRuns() throws Exception {
        // given
        Files.createDirectories(sandbox.home());
        RunState.starting().write(new Home(sandbox.home()));

        // when
        sandbox.clew("status");

        // then
        assertThat(sandbox.builds()).isEmpty();
    }

    @Test
    void shouldBuildWhenAnotherProcessHasTheIdOfOneThatRanThePlatform() throws Exception {
        // given
        RunState.Running self = RunState.starting().launcher();
        var earlier = new RunState.Running(self.name(), self.pid(), self.begun() - 60);
        Files.createDirectories(sandbox.home());
        new RunState(earlier, true, List.of(), Set.of()).write(new Home(sandbox.home()));

        // when
        sandbox.clew("status");

        // then
        assertThat(sandbox.builds()).containsExactly("platform");
    }

    @Test
    void shouldSayInOneLineThatTheDiskIsTooFull() throws Exception {
        // when
        Ended ended = sandbox.with("CLEW_MIN_FREE_MB", "999999999").clew("up");

        // then
        assertOneLine(ended, "clew: too little free disk at " + sandbox.home());
        assertThat(ended.last()).contains("999999999 MB are needed");
    }

    @Test
    void shouldLookAtTheDiskOfTheLibrariesBeforeTheFirstBuild() throws Exception {
        // given
        sandbox.replaceInScript(
                "require_disk \"$HOME/.m2\" \"$first_build_mb\"",
                "require_disk \"$HOME/.m2\" 999999999");

        // when
        Ended ended = sandbox.clew("status");

        // then
        assertOneLine(ended, "clew: too little free disk at " + directory.resolve(".m2"));
        assertThat(sandbox.builds()).isEmpty();
    }

    @Test
    void shouldSayInOneLineThatThereIsNoJdk() throws Exception {
        // given
        sandbox.replaceInScript("needed_jdk=21", "needed_jdk=99");

        // when
        Ended ended = sandbox.clew("up");

        // then
        assertOneLine(ended, "clew: no JDK 99 or newer found");
        assertThat(ended.last()).contains("25 at " + directory.resolve("jdk"), "install one");
    }

    @Test
    void shouldSayInOneLineThatThereIsNoPlaceForItsData() throws Exception {
        // given
        sandbox.file("file", "");
        String home = directory.resolve("file/home").toString();

        // when
        Ended ended = sandbox.with("CLEW_HOME", home).clew("up");

        // then
        assertOneLine(ended, "clew: cannot write to " + home);
    }

    @Test
    void shouldSayInOneLineThatItsDataIsRoots() throws Exception {
        // given
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to leave a file");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
        sandbox.file("home/lock", "");

        // when
        Ended ended =
                sandbox.run(
                        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                        "up");

        // then
        assertOneLine(ended, "clew: " + sandbox.home() + " belongs to another user");
        assertThat(ended.last()).contains("sudo chown -R ");
    }

    @Test
    void shouldSayWhichPortIsTakenBeforeItBuilds() throws Exception {
        // given
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            // when
            Ended ended = sandbox.with("CLEW_ORDER_SERVICE_PORT", port).clew("up");

            // then
            assertOneLine(ended, "clew: port %s of order-service is taken".formatted(port));
            assertThat(ended.last()).endsWith("CLEW_ORDER_SERVICE_PORT=<port>");
            assertThat(sandbox.builds()).isEmpty();
        }
    }

    @Test
    void shouldKnowThePortOfEveryMember() throws Exception {
        // then
        String script = Files.readString(ScriptSandbox.original());
        for (Member member : Member.values()) {
            assertThat(script)
                    .containsPattern(
                            "[( ]%s:%d[ )\\n]".formatted(member.label(), member.defaultPort()));
        }
    }

    @Test
    void shouldEndWithTheNumberOfTestsWhenAllPass() throws Exception {
        // given
        sandbox.file("report.xml", ONE_PASSED);

        // when
        Ended ended = sandbox.clew("test");

        // then
        assertThat(ended.last()).isEqualTo("2 passed, 0 failed, 1 skipped");
        assertThat(ended.status()).isZero();
    }

    @Test
    void shouldEndWithABuildFailureWhenNoTestHasFailed() throws Exception {
        // given
        sandbox.file("report.xml", ONE_PASSED);

        // when
        Ended ended = sandbox.with("MAVEN_STATUS", "1").clew("test");

        // then
        assertThat(ended.lines()).contains("2 passed, 0 failed, 1 skipped");
        assertThat(ended.last()).startsWith("build failed, though no test did");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void shouldEndWithABuildFailureWhenNoTestWasRun() throws Exception {
        // when
        Ended ended = sandbox.clew("test");

        // then
        assertThat(ended.last()).isEqualTo("build failed: no test was run");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void shouldEndWithTheNumberOfTestsWhenOneHasFailed() throws Exception {
        // given
        sandbox.file("report.xml", ONE_PASSED.replace("failures=\"0\"", "failures=\"1\""));

        // when
        Ended ended = sandbox.with("MAVEN_STATUS", "1").clew("test");

        // then
        assertThat(ended.last()).isEqualTo("1 passed, 1 failed, 1 skipped");
        assertThat(ended.status()).isEqualTo(1);
    }

    private static void assertOneLine(Ended ended, String beginning) {
        assertThat(ended.status()).as("%s", ended).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().startsWith(beginning);
    }
}
