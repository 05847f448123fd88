package io.clew.saga.testkit;

import java.util.HashMap;
import java.util.Map;

/** Gives owners the processor, record by record, and lets them crash between any two. */
final class Turns {
    private static final double CRASH = 0.015;
    private static final double CRASH_WAITING = 0.1;
    private static final double MEDDLE = 0.5;

    /** Turns an owner may have between asking for a commit and the commit. */
    private static final int MOST_TURNS = 60;

    private final World world;
    private final Map<Owner, Long> next = new HashMap<>();
    private final Map<Owner, Integer> patience = new HashMap<>();

    Turns(World world) {
        this.world = world;
    }

    /** Gives this owner a turn in {@code millis}, unless it has one before. */
    void wake(Owner owner, long millis) {
        long at = world.now() + millis;
        Long planned = next.get(owner);
        if (planned == null || planned > at) {
            next.put(owner, at);
            world.agenda().at(at, () -> turn(owner, at));
        }
    }

    private void turn(Owner owner, long at) {
        Long planned = next.get(owner);
        if (!owner.alive() || planned == null || planned != at) {
            return;
        }
        next.remove(owner);
        world.environment().moment(owner.moment());
        if (owner.transactionIsOld() && !owner.isZombie()) {
            world.commit(owner);
        }
        Dice dice = world.dice();
        boolean busy = owner.step();
        fence(owner);
        if (owner.alive() && !owner.store().queued().isEmpty() && dice.chance(0.3)) {
            owner.drain();
            fence(owner);
        }
        if (!owner.alive()) {
            return;
        }
        long early = world.faults() && dice.chance(0.1) ? dice.between(0, 4000) : 0;
        long timer = owner.punctuate(early);
        owner.wake();
        owner.tell();
        if (!owner.isZombie()) {
            boolean waits = patience.containsKey(owner);
            double crash = waits ? CRASH_WAITING : CRASH;
            if (world.faults() && owner.hasOpenTransaction() && dice.chance(crash)) {
                world.crash();
                return;
            }
            if (owner.hasOpenTransaction() && !waits && dice.chance(0.4)) {
                world.commit(owner);
            }
        }
        again(owner, busy, timer);
    }

    /**
     * A commit that is asked for comes some turns later, if its owner lives that long. Operators
     * may see meanwhile what it has decided, and act on it.
     */
    private void fence(Owner owner) {
        if (!owner.mustCommit()) {
            patience.remove(owner);
            return;
        }
        Dice dice = world.dice();
        Integer left = patience.get(owner);
        if (left == null) {
            left = owner.isZombie() || dice.chance(0.5) ? dice.between(1, MOST_TURNS) : 0;
            if (world.faults() && dice.chance(MEDDLE)) {
                new Triggers(world).cancel(owner.lastSaga());
            }
        }
        if (left > 0) {
            patience.put(owner, left - 1);
        } else if (owner.isZombie()) {
            owner.dies();
        } else {
            patience.remove(owner);
            world.commit(owner);
        }
    }

    private void again(Owner owner, boolean busy, long timer) {
        Dice dice = world.dice();
        if (busy) {
            boolean stalls = world.faults() && dice.chance(0.02);
            if (stalls) {
                world.fault(SimulatedFault.STALL);
            }
            wake(owner, stalls ? dice.between(100, 8000) : dice.between(0, 2));
        }
        if (owner.hasOpenTransaction() || !owner.store().queued().isEmpty()) {
            boolean stuck =
                    owner.store().queued().values().stream()
                            .allMatch(it -> it.get(0).fault().isPresent());
            if (owner.hasOpenTransaction() || !stuck) {
                wake(owner, dice.between(50, 400));
            }
        }
        if (owner.watches()) {
            wake(owner, dice.between(200, 2000));
        }
        if (timer != Long.MAX_VALUE) {
            wake(owner, Math.max(1, timer - world.now()));
        }
    }
}
