package io.clew.saga;

import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulatedFault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * In how many worlds each fault must meet a saga in each phase. Worlds are counted, not sagas,
 * because they do not depend on each other: then a tenth of what is expected is missed by chance
 * once in ten million times at most, however fast the machine.
 */
final class FaultThresholds {
    /** Fewer may be none by chance: of so many once in 400,000 times. */
    private static final double FEWEST_EXPECTED = 13;

    /**
     * Of 10,000 worlds, in the order of {@link Phase}. A 0 is too seldom for any minimum. Nothing
     * is impossible: an owner thought dead still sends, and a late command still arrives, when
     * their saga has long gone on.
     */
    private static final String EXPECTED =
            """
            CRASH                9000  3200  4900  2400  5500  5700   540
            ZOMBIE               6700  1900  3300  1200  2700  3100   270
            STALL                7000  2400  3100  1400  2900  3400   280
            OFFSETS_SET_BACK     2600   790   790   560  1200  1300    98
            TIMER_EARLY          8200  2300  2000   710   590   670    32
            REGISTRY_AWAY        3700   580   790   190   640   530    37
            TOPIC_MISSING        5200  1100    56     0     0     0     0
            COMMAND_LOST         5200  1100    74     0    12     8     0
            COMMAND_DOUBLED      6800  1700   110     0    16    16     0
            RECORD_LATE          7900  2300   360    41   310   370    13
            REPLY_DOUBLED        7100  1900   380    68   380   350    10
            REPLY_MISADDRESSED   4200   810   180    22   140   120     0
            PARTICIPANT_SILENT   7500  2000   320    66   240   210     9
            PARTICIPANT_ERRS     6900  1700   130    36     0     0     0
            """;

    private FaultThresholds() {}

    /** The cells that were met less than a tenth as often as expected. */
    static List<String> missedBy(SagaSimulation simulation) {
        List<String> missed = new ArrayList<>();
        for (SimulatedFault fault : SimulatedFault.values()) {
            Iterator<String> cells = List.of(row(fault).split(" +", -1)).iterator();
            cells.next();
            for (Phase phase : Phase.values()) {
                int expected = Integer.parseInt(cells.next());
                long fewest = fewest(expected * simulation.worlds() / 10_000.0);
                int met = simulation.worlds(fault, phase);
                if (met < fewest) {
                    missed.add(fault + " in " + phase + ": " + met + " of " + fewest + " worlds");
                }
            }
        }
        return missed;
    }

    private static long fewest(double expected) {
        return expected < FEWEST_EXPECTED ? 0 : Math.max(1, Math.round(expected / 10));
    }

    private static String row(SimulatedFault fault) {
        return EXPECTED.lines()
                .filter(it -> it.startsWith(fault.name() + " "))
                .findFirst()
                .orElseThrow();
    }
}
