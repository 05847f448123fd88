package io.clew.saga;

/**
 * A turn the saga has taken, for good: which arm of a choice, or how many items of a loop.
 *
 * @param path of the choice or the loop: its id, and the indices of the loops around it
 * @param number index of the arm, from 0, -1 if none was taken; or the number of items
 * @param at how many actions had been decided before
 */
public record Turn(String path, int number, int at) {}
