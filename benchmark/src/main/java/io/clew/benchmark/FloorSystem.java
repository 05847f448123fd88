package io.clew.benchmark;

import io.clew.benchmark.load.FloorRecords;
import io.clew.benchmark.load.Plan;
import io.clew.platform.ProgramProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What no engine on Kafka can beat: the same records moved by plain clients, and nothing else. */
final class FloorSystem implements SystemUnderTest {

    private static final int STEPS = 3;

    private final Cluster cluster;
    private final List<String> topics = new ArrayList<>();
    private final List<ProgramProcess> programs = new ArrayList<>();

    FloorSystem(Cluster cluster, Path directory) {
        this.cluster = cluster;
        topics.addAll(List.of(FloorRecords.INBOX, FloorRecords.EVENTS));
        var program = new Programs(directory, cluster.bootstrapServers());
        programs.add(program.floorCoordinator());
        for (int step = 1; step <= STEPS; step++) {
            String commands = FloorRecords.commands(step);
            topics.add(commands);
            programs.add(program.worker("worker-floor-" + step, commands, List.of()));
        }
    }

    void start() {
        cluster.create(topics, Map.of("cleanup.policy", "delete"));
        cluster.create(List.of(FloorRecords.STATE), Map.of("cleanup.policy", "compact"));
        programs.forEach(ProgramProcess::launch);
        programs.forEach(ProgramProcess::awaitReady);
    }

    @Override
    public Plan.MeasuredSystem kind() {
        return Plan.MeasuredSystem.FLOOR;
    }

    @Override
    public Map<String, Long> processes() {
        var pids = new TreeMap<String, Long>();
        pids.putAll(cluster.processes());
        programs.forEach(one -> pids.put(one.name(), one.process().pid()));
        pids.put("coordinator", pids.remove("floor-coordinator"));
        return pids;
    }

    @Override
    public Plan.Places places(String directory) {
        return new Plan.Places(cluster.bootstrapServers(), "", "", "", directory);
    }

    @Override
    public void tidy() {
        cluster.trim(topics);
    }

    @Override
    public void close() {
        programs.reversed().forEach(ProgramProcess::close);
    }
}
