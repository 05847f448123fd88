package io.clew.it.faults.check;

import io.clew.it.faults.load.Liar;
import java.util.List;
import java.util.Map;

/**
 * What was found, before it is laid against the faults.
 *
 * @param commands what the command topics hold
 * @param lies how many were told of each kind
 */
public record Verdict(
        SagaLog log, List<Finding> findings, CommandCheck commands, Map<Liar.Lie, Integer> lies) {}
