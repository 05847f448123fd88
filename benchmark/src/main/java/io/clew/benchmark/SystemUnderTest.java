package io.clew.benchmark;

import io.clew.benchmark.load.Plan;
import java.util.Map;

/** A system that takes the driver's load: the floor, or Clew. */
interface SystemUnderTest extends AutoCloseable {

    Plan.MeasuredSystem kind();

    /** Ids of its processes by name, the broker among them. */
    Map<String, Long> processes();

    /** Its addresses, with the directory a driver is to write into. */
    Plan.Places places(String directory);

    /** Forgets what no later window needs. */
    void tidy();

    /** Stops its processes, but not the broker. */
    @Override
    void close();
}
