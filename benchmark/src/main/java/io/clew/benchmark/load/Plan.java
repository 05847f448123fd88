package io.clew.benchmark.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one driver does: one window of load against one system.
 *
 * @param system what is measured
 * @param places where it is
 * @param load how much of it
 * @param prefix of every business key, so that windows do not mix
 * @param meters process ids by name, whose CPU and memory are measured
 */
public record Plan(
        MeasuredSystem system, Places places, Load load, String prefix, Map<String, Long> meters) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the meters. */
    public Plan {
        meters = Map.copyOf(meters);
    }

    /** The two systems that are compared, and the one with services that have a database. */
    public enum MeasuredSystem {
        FLOOR,
        CLEW,
        REFERENCE
    }

    /** What load there is. */
    public enum Shape {
        /** The next saga starts when one has ended. */
        CLOSED,
        /** Sagas start at a fixed rate. */
        OPEN,
        /** Nothing is done. */
        NONE,
        /** Callers ask for the status of sagas that have ended. */
        STATUS,
        /** Callers list sagas by an index attribute. */
        LIST
    }

    /** How sagas are started. */
    public enum Start {
        /** By a record on the topic of events. */
        KAFKA,
        /** By {@code POST /orders} of the order service, which publishes the event. */
        REST
    }

    /** How the end of a saga is seen. */
    public enum Observer {
        /** A read-committed reader of the topic that tells the ends. */
        READER,
        /** {@code GET /sagas/{id}} with {@code Prefer: wait}, asked once the start is accepted. */
        PUSH
    }

    /**
     * Addresses.
     *
     * @param bootstrapServers of the broker
     * @param registry of the schemas; empty for the floor
     * @param coordinator base of its REST API; empty for the floor
     * @param orders base of the order service's REST API; empty if there is none
     * @param directory where the result goes
     */
    public record Places(
            String bootstrapServers,
            String registry,
            String coordinator,
            String orders,
            String directory) {}

    /**
     * How much.
     *
     * @param shape of what
     * @param inFlight sagas or queries open at once, unless the loop is open
     * @param perSecond starts per second in an open loop
     * @param refusedPercent how many of a hundred sagas are refused at their last step
     * @param start how they are started
     * @param observer how their end is seen
     * @param definition of the sagas
     * @param window how long
     */
    public record Load(
            Shape shape,
            int inFlight,
            int perSecond,
            int refusedPercent,
            Start start,
            Observer observer,
            String definition,
            Window window) {}

    /**
     * How long.
     *
     * @param warmUpSeconds of load before anything counts
     * @param measuredSeconds of load that counts
     */
    public record Window(int warmUpSeconds, int measuredSeconds) {}

    static Plan read(Path file) {
        try {
            return JSON.readValue(file.toFile(), Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the plan for the driver. */
    public void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
