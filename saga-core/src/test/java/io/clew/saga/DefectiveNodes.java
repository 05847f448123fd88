package io.clew.saga;

import io.clew.saga.testkit.SimulatedNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** All nodes with a deliberate defect. */
final class DefectiveNodes {
    private DefectiveNodes() {}

    /** By name. */
    static Map<String, SimulatedNode.Factory> all() {
        Map<String, SimulatedNode.Factory> all = new LinkedHashMap<>();
        all.put("compensatesSuccessOnly", Defects::compensatesSuccessOnly);
        all.put("readsTheClock", Defects::readsTheClock);
        all.put("jittersByChance", Defects::jittersByChance);
        all.put("makesBytesAtSending", Defects::makesBytesAtSending);
        all.put("compensatesInForwardOrder", Defects::compensatesInForwardOrder);
        all.put("acceptsRepliesOfOtherRuns", Defects::acceptsRepliesOfOtherRuns);
        all.put("startsTwice", Defects::startsTwice);
        all.put("cancelsPastThePointOfNoReturn", Defects::cancelsPastThePointOfNoReturn);
        all.put("forgetsParkedCommands", Defects::forgetsParkedCommands);
        all.put("looksPausesUp", PauseDefects::looksPausesUp);
        all.put("sendsWhilePaused", PauseDefects::sendsWhilePaused);
        all.put("decidesByItsOwnSight", PauseDefects::decidesByItsOwnSight);
        all.put("neverGoesOnAfterAPause", PauseDefects::neverGoesOnAfterAPause);
        all.put("checksNoOffsets", Defects::checksNoOffsets);
        all.put("forgetsTheQueueOrder", Defects::forgetsTheQueueOrder);
        all.put("queuesInterventions", Defects::queuesInterventions);
        all.put("refusesWhatHasNoDefinition", PortDefects::refusesWhatHasNoDefinition);
        all.put("actsHalfWritten", PortDefects::actsHalfWritten);
        all.put("forgetsItsResult", PortDefects::forgetsItsResult);
        all.put("compensatesInWrittenOrder", LanguageDefects::compensatesInWrittenOrder);
        all.put("forgetsTheStop", LanguageDefects::forgetsTheStop);
        all.put("joinsAtTheFirstBranch", LanguageDefects::joinsAtTheFirstBranch);
        all.put("choosesAgain", LanguageDefects::choosesAgain);
        all.put("takesBackTheLastItemOnly", LanguageDefects::takesBackTheLastItemOnly);
        all.put("mixesItemsUp", LanguageDefects::mixesItemsUp);
        all.put("takesEventsTwice", LanguageDefects::takesEventsTwice);
        all.put("awaitsForEver", LanguageDefects::awaitsForEver);
        all.put("delaysForEver", LanguageDefects::delaysForEver);
        all.put("forgetsWhatWasTakenBack", LanguageDefects::forgetsWhatWasTakenBack);
        all.put("takesBackOneTooMany", LanguageDefects::takesBackOneTooMany);
        all.put("takesBackAtOnce", RuleDefects::takesBackAtOnce);
        all.put("takesBackAfterThePivot", RuleDefects::takesBackAfterThePivot);
        all.put("leavesLateEventsStanding", RuleDefects::leavesLateEventsStanding);
        all.put("rewindsWithoutTakingBack", RuleDefects::rewindsWithoutTakingBack);
        all.put("rewindsPastThePointOfNoReturn", RuleDefects::rewindsPastThePointOfNoReturn);
        all.put("standsStillAfterAHold", RuleDefects::standsStillAfterAHold);
        all.put("retriesNothing", RuleDefects::retriesNothing);
        all.put("takesSilenceForARefusal", RuleDefects::takesSilenceForARefusal);
        all.put("takesBackWhatWasRefused", RuleDefects::takesBackWhatWasRefused);
        all.put("endsBeforeTheLastCompensation", RuleDefects::endsBeforeTheLastCompensation);
        all.put("notesWhereItRuns", RuleDefects::notesWhereItRuns);
        return all;
    }
}
