package io.clew.language;

import java.time.Duration;
import java.util.List;

/** The rules that need no schema. */
final class Rules {

    private final Faults faults;

    Rules(Faults faults) {
        this.faults = faults;
    }

    void check(List<NodeForm> nodes, Duration deadline) {
        new NameRules(faults).check(nodes);
        new BlockRules(faults).check(nodes);
        new OrderRules(faults, deadline).check(nodes);
        new RollbackRules(faults).check(nodes);
    }
}
