package io.clew.saga.testkit;

import io.clew.saga.PauseSubject;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaInput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How small a {@link SagaModel} is: one saga, and how often each fault may happen to it.
 *
 * @param definition what the saga follows
 * @param faults how often each may happen; never if it is not named
 * @param offers inputs each of which may come once, at any time, or never
 * @param code with which participants refuse
 * @param pausable what may be paused once, and is resumed after that
 * @param mostInVain records that a transaction which does not commit holds at most
 */
public record Scope(
        SagaDefinition definition,
        Map<Fault, Integer> faults,
        List<SagaInput> offers,
        String code,
        Optional<PauseSubject> pausable,
        int mostInVain) {
    public Scope {
        faults = Map.copyOf(faults);
        offers = List.copyOf(offers);
    }

    /** What may go wrong, each time by choice. */
    public enum Fault {
        /** An action is refused. */
        REFUSAL,
        /** A compensation is refused. */
        REFUSED_COMPENSATION,
        /** A participant answers with an error. */
        ERROR,
        /** A timer comes due while something else could still happen. */
        TIMEOUT,
        /** An input comes twice. */
        DUPLICATE,
        /** A command or a reply is lost. */
        LOSS,
        /** An owner dies with an open transaction, anywhere in it. */
        CRASH,
        /** The next owner takes the last committed record once more. */
        SET_BACK
    }

    /** A saga to which nothing happens, until it is allowed. */
    public static Scope of(SagaDefinition definition) {
        return new Scope(definition, Map.of(), List.of(), "NO", Optional.empty(), 2);
    }

    public Scope with(Fault fault, int times) {
        Map<Fault, Integer> more = new EnumMap<>(Fault.class);
        more.putAll(faults);
        more.put(fault, times);
        return new Scope(definition, more, offers, code, pausable, mostInVain);
    }

    public Scope offering(SagaInput input) {
        List<SagaInput> more = new ArrayList<>(offers);
        more.add(input);
        return new Scope(definition, faults, more, code, pausable, mostInVain);
    }

    public Scope refusingWith(String refusal) {
        return new Scope(definition, faults, offers, refusal, pausable, mostInVain);
    }

    public Scope pausing(PauseSubject subject) {
        return new Scope(definition, faults, offers, code, Optional.of(subject), mostInVain);
    }

    /** With transactions of so many records at most, if they do not commit. */
    public Scope losing(int records) {
        return new Scope(definition, faults, offers, code, pausable, records);
    }
}
