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
 * @param takesBackEvent whether it is the compensation of an event that its participant published
 *     by itself: there is no action of it
 */
public record FrozenCommand(
        String participant,
        String topic,
        String type,
        Bytes value,
        Instant decidedAt,
        Optional<Instant> deadline,
        boolean takesBackEvent) {

    public FrozenCommand {
        if (takesBackEvent && deadline.isPresent()) {
            throw new IllegalArgumentException(
                    "Expected no deadline of what takes back an event but got " + deadline.get());
        }
    }
}
