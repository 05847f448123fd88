package io.clew.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a node stands in a definition.
 *
 * @param path as faults have it, such as {@code steps[1].parallel.goods.steps[0]}
 * @param turns the way to it from the top, one for each sequence on it
 */
record Spot(String path, List<Turn> turns) {
    Spot {
        turns = List.copyOf(turns);
    }

    /** What a sequence is a part of. */
    enum Block {
        DEFINITION,
        CHOICE,
        PARALLEL,
        LOOP
    }

    /**
     * One sequence on the way.
     *
     * @param branch which arm or branch of the block it is, from 0
     * @param position in the sequence, from 0
     */
    record Turn(Block block, int branch, int position) {}

    /** How another node stands to this one. */
    enum Standing {
        SAME,
        BEFORE,
        /** In a choice before this one: perhaps it was not there at all. */
        PERHAPS_BEFORE,
        /** In a loop before this one: it was there any number of times. */
        IN_A_LOOP_BEFORE,
        IN_ANOTHER_BRANCH,
        IN_ANOTHER_ARM,
        LATER
    }

    /** A sequence of nodes, which has a spot for each. */
    record Line(String path, List<Turn> before, Block block, int branch) {
        Spot at(int position) {
            List<Turn> turns = new ArrayList<>(before);
            turns.add(new Turn(block, branch, position));
            return new Spot(path + "[" + position + "]", turns);
        }
    }

    /** The sequence that is the definition. */
    static Line top() {
        return new Line("steps", List.of(), Block.DEFINITION, 0);
    }

    /** Where all nodes of the definition are done. */
    static Spot end(int nodes) {
        return new Spot("result", List.of(new Turn(Block.DEFINITION, 0, nodes)));
    }

    /** A sequence inside the node that stands here. */
    Line inside(String key, Block block, int branch) {
        return new Line(path + "." + key + ".steps", turns, block, branch);
    }

    /** How many blocks are around it. */
    int depth() {
        return turns.size() - 1;
    }

    boolean isIn(Block block) {
        return turns.stream().anyMatch(turn -> turn.block() == block);
    }

    Standing of(Spot other) {
        int common = Math.min(turns.size(), other.turns.size());
        for (int level = 0; level < common; level++) {
            Turn mine = turns.get(level);
            Turn its = other.turns.get(level);
            if (mine.branch() != its.branch()) {
                return mine.block() == Block.PARALLEL
                        ? Standing.IN_ANOTHER_BRANCH
                        : Standing.IN_ANOTHER_ARM;
            }
            if (mine.position() < its.position()) {
                return Standing.LATER;
            }
            if (mine.position() > its.position()) {
                return before(other.turns.subList(level + 1, other.turns.size()));
            }
        }
        return turns.size() == other.turns.size() ? Standing.SAME : Standing.LATER;
    }

    private static Standing before(List<Turn> inside) {
        if (inside.stream().anyMatch(turn -> turn.block() == Block.LOOP)) {
            return Standing.IN_A_LOOP_BEFORE;
        }
        return inside.stream().anyMatch(turn -> turn.block() == Block.CHOICE)
                ? Standing.PERHAPS_BEFORE
                : Standing.BEFORE;
    }
}
