package io.clew.saga.testkit;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Explores a small world to the end: every order in which messages can come, every answer, every
 * place where an owner can die, within the bounds of a {@link Scope}. In each state the promises
 * are held against the production shell and machine.
 *
 * <p>The code itself is executed, there is no second description of it, as in Godefroid, "Model
 * Checking for Programming Languages using VeriSoft", POPL 1997. Unlike there, states are kept and
 * none is explored twice, as TLC does it (Lamport, "Specifying Systems", 2002, chapter 14), but
 * whole instead of as fingerprints, so that no two are taken for one; what many have in common is
 * kept once (Holzmann, "State Compression in SPIN", 1997).
 *
 * <p>Two reductions leave nothing out. A transaction commits with each record, but for those that
 * never will: what an owner does before it commits shows only in the commands it has sent, so
 * committing later makes a difference only if it dies first. And as a decision hangs on the rows
 * and the record alone, replaying each record once, in each state, is as good as replaying every
 * history.
 */
public final class SagaModel {
    private final SimulationSetup setup;
    private final Scope scope;
    private final int mostStates;
    private final Numbers numbers = new Numbers();
    private final Set<Integer> onTheWay = new HashSet<>();
    private int states;
    private int transitions;
    private int atRest;
    private boolean complete = true;

    /**
     * @param mostStates exploring stops there, and is not complete then
     */
    public SagaModel(SimulationSetup setup, Scope scope, int mostStates) {
        this.setup = setup;
        this.scope = scope;
        this.mostStates = mostStates;
    }

    /**
     * A promise was broken.
     *
     * @param promise which promise, and how
     * @param moves that led there, one a line
     */
    public record Failure(String promise, String moves) {}

    /**
     * What was found.
     *
     * @param states different ones
     * @param transitions moves from one to another
     * @param atRest states in which nothing happens any more by itself
     * @param complete whether that is all of them
     * @param failure the first promise that was broken, if one was
     */
    public record Findings(
            int states, int transitions, int atRest, boolean complete, Optional<Failure> failure) {

        /** The promise that was broken, or that none was. */
        public String promise() {
            return failure.map(Failure::promise).orElse("nothing found");
        }

        @Override
        public String toString() {
            return states
                    + " states, "
                    + transitions
                    + " transitions, "
                    + atRest
                    + " at rest"
                    + (complete ? "" : ", not complete");
        }
    }

    /** Explores until a promise is broken, or nothing is left. */
    public Findings explore() {
        Optional<Failure> failure = Optional.empty();
        try {
            explore(
                    new SmallWorld(new OneRecord.Parts(setup, setup.wire().get(), scope)),
                    Moves.MOST);
        } catch (Broken broken) {
            failure = Optional.of(new Failure(broken.promise(), broken.history()));
        }
        return new Findings(states, transitions, atRest, complete, failure);
    }

    private void explore(SmallWorld world, int left) {
        if (states >= mostStates) {
            complete = false;
            return;
        }
        int before = numbers.size();
        int number = world.number(numbers);
        if (number < before) {
            checkOnTheWay(world, number);
            return;
        }
        states++;
        onTheWay.add(number);
        for (Move move : checked(world, left)) {
            transitions++;
            explore(after(world, move), left - 1);
        }
        onTheWay.remove(number);
    }

    private List<Move> checked(SmallWorld world, int left) {
        try {
            if (left == 0) {
                throw new Violation("L1 it comes to rest", "still busy");
            }
            world.check();
            List<Move> moves = Moves.of(world);
            if (Moves.isAtRest(moves)) {
                atRest++;
                world.checkAtRest();
            }
            return moves;
        } catch (Violation | RuntimeException broken) {
            throw new Broken(broken, world.told());
        }
    }

    private static SmallWorld after(SmallWorld world, Move move) {
        try {
            return world.after(move);
        } catch (Violation | RuntimeException broken) {
            throw new Broken(broken, world.told() + "\n" + move);
        }
    }

    private void checkOnTheWay(SmallWorld world, int number) {
        if (onTheWay.contains(number)) {
            throw new Broken(
                    new Violation("L1 it comes to rest", "it goes round in circles"), world.told());
        }
    }

    /** A promise was broken, or the code has thrown. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String history;

        Broken(Throwable what, String history) {
            super(what instanceof Violation ? what.getMessage() : what.toString(), what);
            this.history = history;
        }

        String promise() {
            return String.valueOf(getMessage());
        }

        String history() {
            return history;
        }
    }
}
