package io.clew.participant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How long a command may lie on its topic. A worker whose group has lost its offsets reads from the
 * beginning, and would take a command for a new one if its execution were forgotten by then.
 *
 * <p>Kafka deletes whole segments, when the youngest record of one is old enough: the oldest may be
 * there for {@code segment.ms} longer than {@code retention.ms}.
 */
final class CommandLifetime {
    private static final Logger LOGGER = System.getLogger(CommandLifetime.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
    private static final int LIMIT_MS = 10_000;
    private static final String FOR_EVER = "-1";

    private final ConfigResource topic;
    private final Map<String, Object> config;
    private final Clock clock;
    private Optional<Duration> longest = Optional.empty();
    private Instant nextLook = Instant.MIN;

    CommandLifetime(String topic, Map<String, ?> config, Clock clock) {
        this.topic = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        this.config = new HashMap<>(config);
        this.clock = clock;
    }

    /** Whether it is known that no command is older than that; says why if it is not. */
    synchronized boolean isWithin(Duration retention) throws InterruptedException {
        if (!clock.instant().isBefore(nextLook)) {
            look(retention);
        }
        return longest.filter(it -> it.compareTo(retention) <= 0).isPresent();
    }

    private void look(Duration retention) throws InterruptedException {
        longest = Optional.empty();
        try (var admin = Admin.create(config)) {
            var options = new DescribeConfigsOptions().timeoutMs(LIMIT_MS);
            longest = lifetime(admin.describeConfigs(List.of(topic), options).all().get());
            nextLook = clock.instant().plus(BETWEEN_LOOKS);
            warnUnlessWithin(retention);
        } catch (ExecutionException | KafkaException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Expected to learn how long commands lie on {0} but could not, so the"
                            + " executions of ended sagas are kept: {1}",
                    topic.name(),
                    e.getMessage());
        }
    }

    /** Empty if it is without an end. */
    private Optional<Duration> lifetime(Map<ConfigResource, Config> answer) {
        var settings = answer.get(topic);
        if (settings == null
                || !value(settings, TopicConfig.CLEANUP_POLICY_CONFIG).equals("delete")
                || value(settings, TopicConfig.RETENTION_MS_CONFIG).equals(FOR_EVER)) {
            return Optional.empty();
        }
        return Optional.of(
                milliseconds(settings, TopicConfig.RETENTION_MS_CONFIG)
                        .plus(milliseconds(settings, TopicConfig.SEGMENT_MS_CONFIG)));
    }

    private void warnUnlessWithin(Duration retention) {
        if (longest.filter(it -> it.compareTo(retention) <= 0).isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    "Expected commands on {0} to be gone within {1}, for which the executions of"
                            + " ended sagas are kept, but retention.ms and segment.ms let them lie"
                            + " for {2}; keeping the executions for good until that is changed",
                    topic.name(),
                    retention,
                    longest.map(Duration::toString).orElse("ever"));
        }
    }

    private static Duration milliseconds(Config settings, String name) {
        return Duration.ofMillis(Long.parseLong(value(settings, name)));
    }

    private static String value(Config settings, String name) {
        return String.valueOf(settings.get(name).value());
    }
}
