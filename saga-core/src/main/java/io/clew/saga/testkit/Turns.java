package io.clew.saga.testkit;

import java.util.HashMap;
import java.util.Map;

/** Gives owners the processor, record by record, and lets them crash between any two. */
final class Turns {
    private static final double CRASH = 0.015;

    private final World world;
    private final Map<Owner, Long> next = new HashMap<>();

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
        if (!owner.isZombie()) {
            if (world.faults() && owner.hasOpenTransaction() && dice.chance(CRASH)) {
                world.crash();
                return;
            }
            if (owner.hasOpenTransaction() && dice.chance(0.4)) {
                world.commit(owner);
            }
        }
        again(owner, busy, timer);
    }

    private void fence(Owner owner) {
        if (owner.mustCommit() && owner.isZombie()) {
            owner.dies();
        } else if (owner.mustCommit()) {
            world.commit(owner);
        }
    }

    private void again(Owner owner, boolean busy, long timer) {
        Dice dice = world.dice();
        if (busy) {
            boolean stalls = world.faults() && dice.chance(0.02);
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
        if (timer != Long.MAX_VALUE) {
            wake(owner, Math.max(1, timer - world.now()));
        }
    }
}
