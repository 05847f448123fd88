package io.clew.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.cluster.Cluster;
import io.clew.it.faults.cluster.CoordinatorNode;
import io.clew.it.faults.load.Errands;
import io.clew.it.system.Await;
import io.clew.it.system.Rest;
import io.clew.platform.PlatformHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** What a replay may find other than the first run did: definitions, pauses, the registry. */
final class Surroundings {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String DEFINITION = "order-fulfilment";
    private static final String PAUSE = "/pauses/participants/payment";
    private static final int DEADLINE_MINUTES = 30;

    private final Cluster cluster;
    private final String text;
    private int version;

    /**
     * @param impatient whether steps are given up within seconds
     */
    Surroundings(Cluster cluster, boolean impatient) {
        this.cluster = cluster;
        String whole = read();
        text =
                impatient
                        ? whole.replace("timeout: 10s", "timeout: 3s")
                                .replace("giveUpAfter: 5m", "giveUpAfter: 9s")
                        : whole;
    }

    private static String read() {
        Path file =
                PlatformHome.repository()
                        .resolve("order-service/src/main/saga/order-fulfilment.yaml");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts the next version of the definition. Its sagas have another deadline, so their commands
     * have other headers.
     */
    void define(CoordinatorNode by) {
        version++;
        String next =
                text.replace("version: 1", "version: " + version)
                        .replace(
                                "deadline: %dm".formatted(DEADLINE_MINUTES),
                                "deadline: %dm".formatted(DEADLINE_MINUTES + version - 1));
        apply(by, DEFINITION, version, next);
    }

    private static void apply(CoordinatorNode by, String name, int version, String yaml) {
        ask(
                by,
                rest ->
                        rest.put(
                                "/definitions/%s/versions/%d".formatted(name, version),
                                "application/yaml",
                                yaml));
    }

    /**
     * Applies the definitions of errands, whose topics are there.
     *
     * @param patience how long their lingering step takes
     */
    void defineErrands(CoordinatorNode by, Duration patience) {
        apply(by, Errands.CHILD, 1, Errands.child());
        apply(by, Errands.DEFINITION, 1, Errands.definition(patience));
    }

    /** A newer definition, a paused participant, no registry. */
    void change(CoordinatorNode by) {
        define(by);
        ask(by, rest -> rest.put(PAUSE + "?note=fault", "text/plain", ""));
        cluster.registry().stop();
    }

    /** The definition stays. */
    void restore(CoordinatorNode by) {
        cluster.registry().start();
        ask(by, rest -> rest.delete(PAUSE));
    }

    /** Whatever it answers while others are frozen or away, in the end it does what is asked. */
    private static void ask(CoordinatorNode node, Function<Rest, Rest.Answer> request) {
        Await.until(
                LIMIT,
                () -> {
                    Rest.Answer answer = answer(node, request);
                    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
                });
    }

    private static Rest.Answer answer(CoordinatorNode node, Function<Rest, Rest.Answer> request) {
        try {
            return request.apply(node.rest());
        } catch (UncheckedIOException away) {
            throw new AssertionError(away);
        }
    }
}
