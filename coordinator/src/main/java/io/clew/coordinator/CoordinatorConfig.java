package io.clew.coordinator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Every setting of the coordinator that is its own; the README explains them. */
@ConfigMapping(prefix = "clew")
interface CoordinatorConfig {

    Inbox inbox();

    Topics topics();

    Tokens tokens();

    Limits limits();

    /** Names the coordinator, its group and its state; for ever. */
    @WithDefault("clew-coordinator")
    String applicationId();

    /** Where the engine keeps its rows. */
    @WithDefault(".clew/coordinator")
    String stateDir();

    /** How many other instances keep a copy of each partition. */
    @WithDefault("1")
    int standbys();

    /** Stream threads of this instance. */
    @WithDefault("1")
    int threads();

    /** What to favour. */
    @WithDefault("latency")
    Profile profile();

    /** {@code host:port} at which other instances reach this one; its own HTTP address else. */
    Optional<String> applicationServer();

    /** Further settings of every Kafka client, such as {@code security.protocol}. */
    Map<String, String> kafka();

    /** What an engine can favour. */
    enum Profile {
        LATENCY,
        THROUGHPUT
    }

    /** The one topic everything comes in through. */
    interface Inbox {

        @WithDefault("saga.inbox")
        String topic();

        /** For ever. */
        @WithDefault("32")
        int partitions();

        /** It must keep records at least this long. */
        @WithDefault("7D")
        Duration minRetention();

        /** Id of a topic made anew that an operator takes for the old one. */
        Optional<String> adopt();
    }

    /** Names of the coordinator's other topics. */
    interface Topics {

        @WithDefault("saga.events")
        String events();

        @WithDefault("saga.definitions")
        String definitions();

        @WithDefault("saga.archive")
        String archive();

        @WithDefault("saga.dead-letters")
        String deadLetters();

        /** Whether those that are missing are made at the start. */
        @WithDefault("false")
        boolean create();

        /** Replicas of those that are made. */
        @WithDefault("1")
        short replication();
    }

    /** Keys that command tokens are made with. */
    interface Tokens {

        /** Secret by key id; old ones stay for as long as sagas live that started with them. */
        Map<String, String> keys();

        /** Id of the key new sagas start with; without one commands carry no token. */
        Optional<String> current();
    }

    /** When new sagas are held back. */
    interface Limits {

        /** How long new sagas may have to wait on the inbox; several commit intervals. */
        @WithDefault("250ms")
        Duration inboxWait();

        /** Records of the inbox not yet processed, wherever they stand. */
        @WithDefault("100000")
        long inboxLag();

        /** Largest event that starts a saga, in bytes. */
        @WithDefault("262144")
        int eventBytes();

        /** Sagas of this instance that have not ended. */
        @WithDefault("1000000")
        long openSagas();
    }
}
