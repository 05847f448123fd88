package io.clew.avro;

import io.clew.platform.RegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One Apicurio Registry process for all tests of this program. */
final class RealRegistry {

    private static final RegistryProcess PROCESS = start();
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private RealRegistry() {}

    static String url() {
        return PROCESS.confluentUrl();
    }

    /** A topic no other test uses. */
    static String newTopic() {
        return "topic." + TOPICS.incrementAndGet();
    }

    /** A serializer's configuration with short limits; more keys may be added. */
    static Map<String, Object> configs(String url) {
        var configs = new HashMap<String, Object>();
        configs.put("schema.registry.url", url);
        configs.put("value.subject.name.strategy", TopicRecordNameStrategy.class.getName());
        configs.put("max.retries", 2);
        configs.put("retries.wait.ms", 50);
        configs.put("unknown.key", "is left alone");
        return configs;
    }

    private static RegistryProcess start() {
        try {
            var directory = Files.createTempDirectory("clew-registry");
            var process = RegistryProcess.builder(directory).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::kill));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
