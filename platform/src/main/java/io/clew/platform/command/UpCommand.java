package io.clew.platform.command;

import io.clew.platform.AppProcess;
import io.clew.platform.LocalPlatform;
import io.clew.platform.Member;
import io.clew.platform.PlatformException;
import io.clew.platform.PlatformHome;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clew up}: starts everything, says when it is ready, and stops it on Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Build what is stale, start the platform and wait until it is ready.",
        footer = {
            "",
            "Ports: CLEW_KAFKA_PORT, CLEW_REGISTRY_PORT, CLEW_POSTGRES_PORT,",
            "CLEW_COORDINATOR_PORT, CLEW_ORDER_SERVICE_PORT, CLEW_PAYMENT_SERVICE_PORT,",
            "CLEW_SHIPPING_SERVICE_PORT. Data: .clew in the repository, or CLEW_HOME."
        })
final class UpCommand implements Callable<Integer> {

    private static final Duration DEFINITION_LIMIT = Duration.ofMinutes(1);

    @Option(
            names = {"-d", "--detach"},
            description = "Return when the platform is ready and leave it running.")
    private boolean detach;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.ofThisMachine();
        if (detach) {
            return new DetachedUp(home, out).run();
        }
        Optional<RunLock> lock = RunLock.take(home);
        if (lock.isEmpty()) {
            alreadyRuns(home);
            return 0;
        }
        RunState.starting().write(home);
        LocalPlatform platform = start(home);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println("Stopping ...")));
        out.println();
        out.println(Greeting.ready(home, platform.age(), platform.residentBytes()));
        serve(home, platform);
        return 0;
    }

    /** Obeys {@code clew stop} and {@code clew start} until this program is ended. */
    private void serve(Home home, LocalPlatform platform) throws InterruptedException {
        List<AppProcess> apps =
                platform.processes().stream()
                        .filter(AppProcess.class::isInstance)
                        .map(AppProcess.class::cast)
                        .toList();
        Consumer<Set<String>> note =
                stopped -> RunState.ready(platform.processes(), stopped).write(home);
        try (Switchboard switchboard = Switchboard.open(home.socket(), apps, note)) {
            note.accept(Set.of());
            switchboard.serve();
        } catch (PlatformException e) {
            // Some file systems know no sockets; all else works there.
            note.accept(Set.of());
            out.println("./clew stop and start do not work here: " + e.getMessage());
            new CountDownLatch(1).await();
        }
    }

    private LocalPlatform start(Home home) {
        LocalPlatform.Builder builder =
                LocalPlatform.builder(home.directory())
                        .services(Member.services())
                        .progress(out::println);
        for (Member member : Member.values()) {
            builder.port(member, Home.port(member));
        }
        LocalPlatform platform = builder.start();
        try {
            definitions().forEach(file -> platform.apply(file, DEFINITION_LIMIT));
            return platform;
        } catch (PlatformException e) {
            platform.close();
            throw e;
        }
    }

    private static List<Path> definitions() {
        Path directory = PlatformHome.repository().resolve("order-service/src/main/saga");
        Path file = directory.resolve("order-fulfilment.yaml");
        return Files.exists(file) ? List.of(file) : List.of();
    }

    private void alreadyRuns(Home home) {
        Optional<RunState> state = RunState.read(home);
        if (state.filter(RunState::ready).isPresent()) {
            out.println("Clew runs already.");
            out.println();
            out.println(Greeting.addresses(home));
        } else {
            out.println("Clew is being started by another ./clew up; see ./clew status");
        }
    }
}
