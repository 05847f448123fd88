package io.clew.saga.testkit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Numbers for values, from 0: the same for equal ones, and never for others. */
final class Numbers {
    /** So many objects are remembered, to save looking their values up. */
    private static final int MOST_SEEN = 50_000;

    private final Map<Object, Integer> known = new HashMap<>();
    private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();

    /** How many there are. */
    int size() {
        return known.size();
    }

    int of(Object value) {
        return known.computeIfAbsent(value, it -> known.size());
    }

    /**
     * The number of what follows from an object that is never changed again.
     *
     * @param value equal whenever the object is the same
     */
    int of(Object from, Supplier<?> value) {
        Integer number = seen.get(from);
        if (number == null) {
            number = of(value.get());
            if (seen.size() >= MOST_SEEN) {
                seen.clear();
            }
            seen.put(from, number);
        }
        return number;
    }

    /** Of a bag of objects that are never changed: in which order they are makes no difference. */
    int ofAll(List<?> bag) {
        return of(new Together(bag.stream().mapToInt(it -> of(it, () -> it)).sorted().toArray()));
    }

    /** Of a value that consists of numbered ones. */
    int of(int... parts) {
        return of(new Together(parts));
    }

    private static final class Together {
        private final int[] numbers;

        Together(int[] numbers) {
            this.numbers = numbers;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Together together && Arrays.equals(numbers, together.numbers);
        }

        /** Small numbers must not collide: most are. */
        @Override
        public int hashCode() {
            long mixed = 0;
            for (int number : numbers) {
                mixed = (mixed ^ number) * 0x9E3779B97F4A7C15L;
                mixed ^= mixed >>> 32;
            }
            return (int) mixed;
        }
    }
}
