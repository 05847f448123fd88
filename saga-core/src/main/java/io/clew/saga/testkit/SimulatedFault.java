package io.clew.saga.testkit;

/** What goes wrong around the sagas of a simulated world; what they are asked for is no fault. */
public enum SimulatedFault {
    CRASH("owner crashes"),
    ZOMBIE("owner thought dead goes on"),
    STALL("owner stands still"),
    OFFSETS_SET_BACK("offsets set back"),
    TIMER_EARLY("timer fires early"),
    REGISTRY_AWAY("registry away"),
    TOPIC_MISSING("topic missing"),
    COMMAND_LOST("command lost"),
    COMMAND_DOUBLED("command doubled"),
    /** By more than fifteen seconds, a command or a reply. */
    RECORD_LATE("record late"),
    REPLY_DOUBLED("reply doubled"),
    /** It names another run, or an execution nobody asked for. */
    REPLY_MISADDRESSED("reply misaddressed"),
    PARTICIPANT_SILENT("participant silent"),
    PARTICIPANT_ERRS("participant errs");

    private final String words;

    SimulatedFault(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
