package io.clew.benchmark;

import io.clew.benchmark.load.FloorCoordinatorMain;
import io.clew.benchmark.load.WorkerMain;
import io.clew.platform.JvmProfile;
import io.clew.platform.ProgramProcess;
import java.nio.file.Path;
import java.util.List;

/** Processes of this module. */
record Programs(Path directory, String bootstrapServers) {

    static final String WORKER_HEAP = "192m";
    static final String FLOOR_HEAP = "512m";

    /** A worker on one topic; the registry is left out for the floor's. */
    ProgramProcess worker(String name, String topic, List<String> registry) {
        Path sign = sign(name);
        ProgramProcess.Builder program =
                ProgramProcess.builder(name, WorkerMain.class.getName(), sign)
                        .heap(WORKER_HEAP)
                        .jvm(JvmProfile.STEADY)
                        .log(log(name))
                        .argument(bootstrapServers)
                        .argument(topic)
                        .argument(sign.toString());
        registry.forEach(program::argument);
        return program.build();
    }

    /** The floor's coordinator. */
    ProgramProcess floorCoordinator() {
        Path sign = sign("floor-coordinator");
        return ProgramProcess.builder(
                        "floor-coordinator", FloorCoordinatorMain.class.getName(), sign)
                .heap(FLOOR_HEAP)
                .jvm(JvmProfile.STEADY)
                .log(log("floor-coordinator"))
                .argument(bootstrapServers)
                .argument(sign.toString())
                .build();
    }

    private Path sign(String name) {
        return directory.resolve(name + ".ready");
    }

    private Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }
}
