package io.clew.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A saga definition on disk, known by the name and version written in it. */
record DefinitionFile(Path path, String name, String version, String text) {

    private static final Pattern NAME = Pattern.compile("(?m)^\\s*\"?saga\"?:\\s*\"?([a-z0-9-]+)");
    private static final Pattern VERSION = Pattern.compile("(?m)^\\s*\"?version\"?:\\s*(\\d+)");
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int CONFLICT = 409;

    static DefinitionFile read(Path path) {
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return new DefinitionFile(
                    path, first(NAME, text, path), first(VERSION, text, path), text);
        } catch (IOException e) {
            throw new PlatformException("Expected to read " + path + " but could not", e);
        }
    }

    /** Tries until it is accepted: the services may still be registering their schemas. */
    void applyTo(String coordinator, Duration limit) {
        String uri = "%s/definitions/%s/versions/%s".formatted(coordinator, name, version);
        String type = path.toString().endsWith(".json") ? "application/json" : "application/yaml";
        Instant end = Instant.now().plus(limit);
        String last = "no answer";
        while (Instant.now().isBefore(end)) {
            Optional<Http.Answer> answer = Http.send("PUT", uri, type, text);
            if (answer.filter(Http.Answer::isSuccess).isPresent()) {
                return;
            }
            last = answer.map(one -> one.status() + " " + one.body()).orElse(last);
            if (answer.filter(one -> one.status() == CONFLICT).isPresent()) {
                break;
            }
            pause();
        }
        throw new PlatformException(
                "Expected %s to apply %s but got: %s".formatted(uri, path, last));
    }

    private static String first(Pattern pattern, String text, Path path) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new PlatformException(
                    "Expected %s to match %s but it does not".formatted(path, pattern));
        }
        return matcher.group(1);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while applying a definition", e);
        }
    }
}
