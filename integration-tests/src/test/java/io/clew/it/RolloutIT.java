package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import io.clew.platform.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions are tried out, activated and retired, and their sagas migrated, on a real broker. */
class RolloutIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PAUSE = "  - delay: pause\n    for: 4m\n";
    private static final int ORDERS = 60;

    private final ClewSystem clew = ClewSystem.shared();
    private final String name = "it-roll" + UUID.randomUUID().toString().substring(0, 8);
    private final String events = name + ".events";

    @Test
    void shouldShareNewSagasByTheirKeysAndGoBack() {
        // given
        applyTwo();
        List<PlacedOrder> orders = Stream.generate(PlacedOrder::good).limit(ORDERS).toList();

        // when
        roll("{'active': 1, 'candidate': {'version': 2, 'percent': 30}, 'reason': 'try it'}");
        place(orders);
        place(orders);
        Map<String, List<Integer>> some = awaitStarts(2 * ORDERS);
        roll("{'active': 1, 'candidate': {'version': 2, 'percent': 70}}");
        place(orders);
        Map<String, List<Integer>> more = awaitStarts(3 * ORDERS);

        // then: four standard deviations
        assertThat(some.values()).allMatch(it -> it.get(0).equals(it.get(1)));
        assertThat(some.values()).filteredOn(it -> it.get(0) == 2).hasSizeBetween(4, 32);
        assertThat(more.values()).filteredOn(it -> it.get(2) == 2).hasSizeBetween(28, 56);
        assertThat(more.values()).noneMatch(it -> it.get(0) == 2 && it.get(2) == 1);
        more.forEach((id, versions) -> Await.until(LIMIT, () -> shouldFollow(id, versions.get(0))));
        assertThat(states()).containsExactly("candidate 70", "active 30");

        // when
        roll("{'active': 1, 'retired': [2]}");
        PlacedOrder back = PlacedOrder.good();
        place(List.of(back));

        // then
        Await.until(LIMIT, () -> shouldFollow(name + ":" + back.id(), 1));
        assertThat(states()).containsExactly("retired 0", "active 100");
        Rest.Answer refused = put("{'active': 2, 'retired': [2, 9]}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.body().path("code").asText()).isEqualTo("ROLLOUT_REFUSED");
        assertThat(refused.body().path("faults").size()).as(refused.text()).isEqualTo(2);
        assertThat(put("{'aktive': 2}").body().path("code").asText()).isEqualTo("UNKNOWN_MEMBER");
    }

    @Test
    void shouldStartNothingWhileAllVersionsAreRetired() {
        // given
        applyTwo();
        PlacedOrder during = PlacedOrder.good();
        PlacedOrder after = PlacedOrder.good();

        // when
        roll("{'retired': [1, 2]}");
        Rest.Answer start = clew.coordinator().post("/sagas", start(during));
        place(List.of(during));
        double untaken = awaitUntaken();
        roll("{'active': 2, 'retired': [1]}");
        place(List.of(after));

        // then
        Await.until(LIMIT, () -> shouldFollow(name + ":" + after.id(), 2));
        assertThat(untaken).isPositive();
        assertThat(start.status()).as(start.text()).isEqualTo(409);
        assertThat(start.body().path("code").asText()).isEqualTo("NO_ACTIVE_VERSION");
        assertThat(clew.sagas().status(name + ":" + during.id()).status()).isEqualTo(404);
    }

    @Test
    void shouldMigrateAllSagasThatStandAtAStep() {
        // given
        applyTwo();
        roll("{'active': 1}");
        List<PlacedOrder> orders = Stream.generate(PlacedOrder::good).limit(ORDERS).toList();
        place(orders);
        orders.forEach(it -> Await.until(LIMIT, () -> shouldFollow(name + ":" + it.id(), 1)));
        apply(3, PAUSE.replace("pause", "other"), "?activate=false");
        try (Part second = clew.startSecondCoordinator()) {
            assertThat(second.isAlive()).isTrue();
            clew.awaitBothOwnPartitions();

            // when
            JsonNode unfit = migrateAll("{'to': 3, 'dryRun': true}");
            JsonNode elsewhere = migrate("{'to': 2, 'step': 'more'}", 422);
            JsonNode fit = migrateAll("{'to': 2, 'step': 'pause', 'note': 'new rules'}");
            JsonNode again = migrateAll("{'to': 2, 'step': 'pause'}");

            // then
            assertThat(unfit.path("refused").asInt()).as(unfit.toString()).isEqualTo(ORDERS);
            assertThat(unfit.path("reasons").toString()).contains("pause is not there any more");
            assertThat(elsewhere.path("code").asText()).isEqualTo("MIGRATION_REFUSED");
            assertThat(fit.path("complete").asBoolean()).as(fit.toString()).isTrue();
            assertThat(again.path("asked").asInt()).as(again.toString()).isZero();
            assertThat(again.path("complete").asBoolean()).as(again.toString()).isTrue();
            orders.forEach(it -> shouldFollow(name + ":" + it.id(), 2));
            assertThat(listed(2)).isEqualTo(ORDERS);
            assertThat(listed(1)).isZero();
            assertThat(clew.sagas().timeline(name + ":" + orders.get(0).id())).contains("Migrated");
        }
    }

    private void applyTwo() {
        clew.createTopic(events, 1);
        place(List.of(PlacedOrder.good()));
        apply(1, PAUSE, "");
        apply(2, PAUSE + PAUSE.replace("pause", "more"), "?activate=false");
        assertThat(states()).containsExactly("standby 0", "active 100");
    }

    private void apply(int version, String steps, String query) {
        String yaml =
                """
                saga: %s
                version: %d
                startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
                deadline: 10m
                steps:
                %s
                """
                        .formatted(name, version, events, steps);
        String path = "/definitions/" + name + "/versions/" + version + query;
        Rest.Answer answer = clew.coordinator().put(path, "application/yaml", yaml);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private void place(List<PlacedOrder> orders) {
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(events, orders);
        }
    }

    private Rest.Answer put(String rollout) {
        return clew.coordinator()
                .put(
                        "/definitions/" + name + "/rollout",
                        "application/json",
                        rollout.replace('\'', '"'));
    }

    private void roll(String rollout) {
        Rest.Answer answer = put(rollout);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** By saga id the versions its starts were stamped with, in their order. */
    private Map<String, List<Integer>> awaitStarts(int count) {
        return Await.value(
                LIMIT,
                () -> {
                    Map<String, List<Integer>> starts = starts();
                    assertThat(starts.values().stream().mapToInt(List::size).sum())
                            .isEqualTo(count);
                    return starts;
                });
    }

    private Map<String, List<Integer>> starts() {
        return clew.topic().readUncommitted(List.of("saga.inbox")).stream()
                .filter(it -> it.key() != null && it.key().startsWith(name + ":"))
                .filter(it -> "trigger".equals(Topic.header(it, "ce_sagakind")))
                .collect(
                        Collectors.groupingBy(
                                it -> it.key(),
                                Collectors.mapping(
                                        it -> Integer.valueOf(Topic.header(it, "ce_sagaversion")),
                                        Collectors.toList())));
    }

    private void shouldFollow(String saga, int version) {
        Rest.Answer answer = clew.sagas().status(saga);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("version").asInt()).as(answer.text()).isEqualTo(version);
        assertThat(answer.body().path("waitsFor").path(0).path("what").asText()).isEqualTo("time");
    }

    /** Of all versions, newest first, how they stand and their share. */
    private List<String> states() {
        JsonNode definitions =
                clew.coordinator().get("/definitions/" + name).body().path("definitions");
        return Stream.iterate(0, it -> it < definitions.size(), it -> it + 1)
                .map(definitions::get)
                .map(it -> it.path("state").asText() + " " + it.path("share").asInt())
                .toList();
    }

    private double awaitUntaken() {
        return Await.value(
                LIMIT,
                () -> {
                    String metrics = clew.coordinator().get("/q/metrics").text();
                    double untaken =
                            metrics.lines()
                                    .filter(it -> it.startsWith("clew_ingress_untaken_total"))
                                    .mapToDouble(
                                            it ->
                                                    Double.parseDouble(
                                                            it.substring(it.lastIndexOf(' '))))
                                    .sum();
                    assertThat(untaken).isPositive();
                    return untaken;
                });
    }

    private String start(PlacedOrder order) {
        return """
        {"definition": "%s", "event": {
           "totalAmount": 19.90, "placedAt": "2026-01-31T12:00:00Z", %s}
        """
                .formatted(name, order.json().strip().substring(1));
    }

    private JsonNode migrate(String request, int status) {
        String path = "/definitions/" + name + "/versions/1/migrations";
        Rest.Answer answer = clew.coordinator(1).post(path, request.replace('\'', '"'));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.body();
    }

    /** As callers do: the same again until it is complete. */
    private JsonNode migrateAll(String request) {
        return Await.value(
                LIMIT,
                () -> {
                    JsonNode progress = migrate(request, 200);
                    assertThat(progress.path("complete").asBoolean())
                            .as(progress.toString())
                            .isTrue();
                    return progress;
                });
    }

    private int listed(int version) {
        Rest.Answer answer =
                clew.coordinator()
                        .get("/sagas?definition=" + name + "&limit=200&version=" + version);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().path("sagas").size();
    }
}
