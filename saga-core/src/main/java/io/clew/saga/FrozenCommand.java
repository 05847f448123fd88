package io.clew.saga;

import java.time.Instant;
import java.util.Optional;

/**
 * What a command says, fixed for good when its execution is decided: every attempt, before and
 * after any crash, carries the same.
 *
 * @param participant who gets it
 * @param topic where it goes
 * @param type full name of the command's record
 * @param value its framed bytes
 * @param decidedAt log time of the input that decided the execution
 * @param deadline the saga's deadline, only on compensatable actions
 */
public record FrozenCommand(
        String participant,
        String topic,
        String type,
        Bytes value,
        Instant decidedAt,
        Optional<Instant> deadline) {}
