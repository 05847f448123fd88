package io.clew.language;

import java.util.List;

/** What became of a source. */
public sealed interface Compilation {

    /** It can be run; warnings are for people. */
    record Accepted(CompiledDefinition definition, List<Fault> warnings) implements Compilation {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /** It cannot; every fault found is listed, by place, warnings among them. */
    record Refused(List<Fault> faults) implements Compilation {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
