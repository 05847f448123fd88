package io.clew.coordinator.definitions;

import io.clew.language.AwaitSpec;
import io.clew.language.CompiledDefinition;
import io.clew.language.Fault;
import io.clew.saga.DefinitionRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Applies definitions: checks them whole, appends them to the definitions topic, and reads back who
 * won if two did so at once.
 */
public final class DefinitionPublisher {

    private static final Duration READ_BACK = Duration.ofSeconds(10);

    private final DefinitionLanguage language;
    private final DefinitionLog log;
    private final AppliedDefinitions catalog;
    private final TopicOffsets offsets;
    private final InstantSource clock;

    public DefinitionPublisher(
            DefinitionLanguage language,
            DefinitionLog log,
            AppliedDefinitions catalog,
            TopicOffsets offsets,
            InstantSource clock) {
        this.language = language;
        this.log = log;
        this.catalog = catalog;
        this.offsets = offsets;
        this.clock = clock;
    }

    /**
     * One wish to apply a definition.
     *
     * @param name name it is put under
     * @param version version it is put under
     * @param source its text
     * @param from from where it listens to its trigger topic
     * @param actor who puts it, if known
     * @param activate whether new sagas follow it at once, if no higher version is active
     */
    public record Put(
            String name,
            int version,
            String source,
            StartFrom from,
            Optional<String> actor,
            boolean activate) {}

    /** Checks without applying. */
    public DefinitionLanguage.Compiled validate(String source) {
        return switch (language.compile(source)) {
            case DefinitionLanguage.Compiled.Refused refused -> refused;
            case DefinitionLanguage.Compiled.Accepted accepted ->
                    new DefinitionLanguage.Compiled.Accepted(
                            accepted.definition(), warnings(accepted));
        };
    }

    /** Those of the text, and what its kin says otherwise at present. */
    private List<Fault> warnings(DefinitionLanguage.Compiled.Accepted accepted) {
        return Stream.concat(
                        accepted.warnings().stream(),
                        new KinCheck(catalog).warnings(accepted.definition()).stream())
                .toList();
    }

    /** Applies; an identical definition changes nothing. */
    public PutResult put(Put put) {
        if (!catalog.caughtUp()) {
            return new PutResult.Unavailable(
                    "the definitions applied so far are still being read"
                            + catalog.problem().map(it -> ": " + it).orElse(""));
        }
        try {
            return switch (validate(put.source())) {
                case DefinitionLanguage.Compiled.Refused refused ->
                        new PutResult.Refused(refused.faults());
                case DefinitionLanguage.Compiled.Accepted accepted -> apply(put, accepted);
            };
        } catch (KafkaException away) {
            return new PutResult.Unavailable(String.valueOf(away.getMessage()));
        }
    }

    private PutResult apply(Put put, DefinitionLanguage.Compiled.Accepted accepted) {
        CompiledDefinition compiled = accepted.definition();
        DefinitionRef ref = compiled.definition().ref();
        if (!ref.name().equals(put.name()) || ref.version() != put.version()) {
            return new PutResult.Refused(List.of(elsewhere(put, ref)));
        }
        Optional<String> taken = catalog.taken(ref.name(), ref.version());
        if (taken.isPresent()) {
            return settled(ref, taken.get());
        }
        Map<Integer, Long> starts = offsets.offsets(compiled.trigger().topic(), put.from());
        Map<TopicPartition, Long> awaits = awaitOffsets(compiled, put.from());
        long offset =
                log.append(
                        DefinitionCodec.record(
                                compiled,
                                new DefinitionCodec.Starts(starts, awaits),
                                clock.instant(),
                                put));
        if (!catalog.awaitRead(offset, READ_BACK)) {
            return new PutResult.Unavailable(
                    "the definition was written at offset "
                            + offset
                            + " but could not be read back; put it again to see what became of it");
        }
        Optional<AppliedDefinition> winner = catalog.applied(ref);
        return winner.isPresent() && winner.get().offset() == offset
                ? new PutResult.Created(winner.get(), accepted.warnings())
                : settled(ref, catalog.taken(ref.name(), ref.version()).orElse("unreadable"));
    }

    private Map<TopicPartition, Long> awaitOffsets(CompiledDefinition compiled, StartFrom from) {
        Map<TopicPartition, Long> awaits = new HashMap<>();
        compiled.awaits().stream()
                .map(AwaitSpec::topic)
                .distinct()
                .filter(it -> !it.equals(compiled.trigger().topic()))
                .forEach(
                        topic ->
                                offsets.offsets(topic, from)
                                        .forEach(
                                                (partition, offset) ->
                                                        awaits.put(
                                                                new TopicPartition(
                                                                        topic, partition),
                                                                offset)));
        return awaits;
    }

    private PutResult settled(DefinitionRef ref, String taken) {
        Optional<AppliedDefinition> same = catalog.applied(ref);
        if (same.isPresent()) {
            return new PutResult.Unchanged(same.get());
        }
        return taken.equals(ref.sha256())
                ? new PutResult.Unavailable("definition " + ref + " is applied but unusable here")
                : new PutResult.Conflict(ref.name(), ref.version(), taken);
    }

    private static Fault elsewhere(Put put, DefinitionRef ref) {
        return new Fault(
                Fault.Severity.ERROR,
                1,
                1,
                "saga",
                "Expected definition "
                        + put.name()
                        + ":"
                        + put.version()
                        + " but the text says "
                        + ref,
                "Put it under /definitions/" + ref.name() + "/versions/" + ref.version());
    }
}
